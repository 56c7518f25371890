import type { Rotation } from '../../rotation/rules/rotation.ts';
import { isOpen, mayBeReplaced } from '../../rotation/rules/transitions.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { whyMayNotAsk } from '../may-ask.ts';
import { valueForm } from '../views/value-form.ts';
import { onButton } from './click.ts';
import { actorOf } from './incoming.ts';

/** Enter Another Login: the last form at once, with the same choices; sending it takes over what is still open. */
export const onEnterAnother = (deps: SlackDependencies) =>
  onButton(deps, async ({ body }, key) => {
    const { texts, settings, ledger, client } = deps;
    const refused = await whyMayNotAsk(deps, actorOf(body));
    if (refused) return refused;
    if (!settings.entries.includes('here')) return texts.refusals.fields.entryOff;
    const rotation = await ledger.read(key);
    if (!rotation) return texts.refusals.unknownRotation;
    if (isOpen(rotation) && !mayBeReplaced(rotation))
      return texts.refusals.fields.held(rotation.registry, rotation.id);
    await client.views.open({ trigger_id: body.trigger_id, view: formLike(deps, rotation) });
    return undefined;
  });

function formLike({ texts, settings }: SlackDependencies, rotation: Rotation) {
  const { registry, id, ask } = rotation;
  const replaces = isOpen(rotation) ? id : undefined;
  return valueForm({
    texts,
    entries: settings.entries,
    userName: ask.userName,
    ...(replaces ? { replacedBy: ask.by } : {}),
    metadata: {
      channel: ask.channel,
      registry,
      of: { rotation: id },
      why: ask.why,
      redeploy: ask.redeploy,
      ...(ask.note ? { note: ask.note } : {}),
      ...(ask.halve ? { halve: true } : {}),
      ...(replaces ? { replaces } : {}),
    },
  });
}
