import type { Inventory } from '../../rotation/ports.ts';
import type { KnownCredential } from '../../rotation/rules/credential.ts';
import type { Rotation } from '../../rotation/rules/rotation.ts';
import { isOpen } from '../../rotation/rules/transitions.ts';
import { slackDate } from '../../text/escape.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { mention } from '../messages/mention.ts';
import { clipMrkdwn, quote } from '../mrkdwn.ts';
import { registryOf } from '../views/logins.ts';

const mostLines = 20;
const mostText = 3_900;

/** Without a name: every login and what is open. With one (registry or secret): its users, what is open, what was last. */
export async function status(deps: SlackDependencies, name: string): Promise<string> {
  const inventory = await deps.ledger.inventory();
  const lines = name ? await aboutLogin(deps, inventory, name) : await overview(deps, inventory);
  return clipMrkdwn(lines.join('\n'), mostText);
}

async function overview(deps: SlackDependencies, inventory: Inventory): Promise<string[]> {
  const { commands } = deps.texts;
  const open = (await deps.ledger.listUnfinished()).filter(isOpen);
  const opened = open.length > 0 ? open.map((rotation) => openLine(deps, rotation)) : [commands.nothingOpen];
  if (inventory.at === 0) return [commands.neverLooked, ...opened];
  if (inventory.credentials.length === 0) return [commands.noLogins, ...opened];
  const logins = inventory.credentials.map((credential) => loginLine(deps, credential));
  return [commands.statusTitle(slackDate(inventory.at, 'date-time')), ...firstOf(deps, logins), ...opened];
}

async function aboutLogin(deps: SlackDependencies, inventory: Inventory, name: string): Promise<string[]> {
  const { commands } = deps.texts;
  const wanted = name.toLowerCase();
  const matching = inventory.credentials.filter(
    (credential) =>
      credential.name.toLowerCase().includes(wanted) ||
      credential.registries.some((registry) => registry.includes(wanted)),
  );
  if (matching.length === 0) return [commands.unknownLogin(quote(name, 60))];
  const ids = new Set(matching.map(({ id }) => id));
  const users = inventory.consumers.filter(({ images }) =>
    images.some((image) => ids.has(image.credentialId)),
  );
  const names = users.map((consumer) => {
    const kind = consumer.kind === 'service' ? commands.service : commands.taskDefinition;
    return commands.consumer(quote(consumer.name, 80), quote(consumer.stage, 40), kind);
  });
  const registries = [...new Set(matching.map(registryOf))];
  const stories = await Promise.all(registries.map((registry) => storyOf(deps, registry)));
  return [
    ...firstOf(
      deps,
      matching.map((credential) => loginLine(deps, credential)),
    ),
    commands.consumers(users.length),
    ...firstOf(deps, names),
    ...stories.flat(),
  ];
}

async function storyOf(deps: SlackDependencies, registry: string): Promise<string[]> {
  const { commands } = deps.texts;
  const [open, [last]] = await Promise.all([deps.ledger.open(registry), deps.ledger.history(registry, 1)]);
  const before =
    last?.state.phase === 'closed'
      ? commands.last(
          registry,
          commands.outcomes[last.state.outcome],
          slackDate(last.state.at, 'date-time'),
          mention(last.ask.by),
        )
      : commands.neverRotated(registry);
  return [...(open ? [openLine(deps, open)] : []), before];
}

function openLine(
  { texts: { commands } }: SlackDependencies,
  { registry, id, state, ask }: Rotation,
): string {
  return commands.open(registry, id, commands.phases[state.phase], mention(ask.by));
}

function loginLine({ texts: { commands } }: SlackDependencies, credential: KnownCredential): string {
  const name = quote(credential.name, 100);
  return commands.login(name, registryOf(credential), credential.services, credential.otherConsumers);
}

function firstOf({ texts: { commands } }: SlackDependencies, lines: readonly string[]): string[] {
  const more = lines.length - mostLines;
  return more > 0 ? [...lines.slice(0, mostLines), commands.more(more)] : [...lines];
}
