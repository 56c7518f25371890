import { can, type Person } from '../../rotation/rules/policy.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { loginFormView } from '../login-form-view.ts';
import { sayPersonRefusal } from '../refusal-texts.ts';
import { noticeView } from '../views/notice.ts';
import type { CommandArgs } from './incoming.ts';

/**
 * Opens FORM 1 from what the last scan knew: the trigger lives three seconds. Where no scan has found a login yet, a
 * view says that it is looking, and the desk function fills it. Answers a refusal, or nothing.
 */
export async function openForm(
  deps: SlackDependencies,
  command: CommandArgs['command'],
  person: Person,
): Promise<string | undefined> {
  const refusal = can.ask(person);
  if (refusal) return sayPersonRefusal(deps.texts, refusal, deps.settings);
  const [inventory, channel] = await Promise.all([
    deps.ledger.inventory(),
    placeFor(deps, command.channel_id),
  ]);
  if (inventory.credentials.length > 0) {
    const view = await loginFormView(deps, inventory, { channel });
    await deps.client.views.open({ trigger_id: command.trigger_id, view });
    return undefined;
  }
  await openEmptyForm(deps, command, channel);
  return undefined;
}

/** The channel of the command, where the app may post there; else the default one. */
async function placeFor({ people, settings }: SlackDependencies, channelId: string): Promise<string> {
  return (await people.channel(channelId)) === 'own' ? channelId : settings.defaultChannel;
}

async function openEmptyForm(
  { client, desk, texts }: SlackDependencies,
  command: CommandArgs['command'],
  channel: string,
): Promise<void> {
  const view = noticeView(texts, texts.form.looking);
  const opened = await client.views.open({ trigger_id: command.trigger_id, view });
  const { id, hash = '' } = opened.view ?? {};
  if (id) await desk.hand({ do: 'fill-form', viewId: id, hash, user: command.user_id, channel });
}
