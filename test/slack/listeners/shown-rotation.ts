import type { Rotation, RotationState } from '../../../src/rotation/rules/rotation.ts';
import { renderRotation } from '../../../src/slack/messages/rotation.ts';
import { exampleRotation, exampleService, exampleView, okReport, states } from '../example-views.ts';
import type { SlackWorld } from '../slack-world.ts';

/** Waits for approval for another hour, with a callback. */
export function waiting(parts: object = {}): RotationState {
  return { ...states.waiting, expiresAt: Date.now() + 3_600_000, callbackId: 'cb+1', ...parts };
}

/** Puts a rotation into the ledger and its message into the channel, as the announcer would. Answers its timestamp. */
export async function showRotation(
  world: SlackWorld,
  state: RotationState,
  changes: Partial<Rotation> = {},
): Promise<string> {
  const rotation = exampleRotation(state, changes);
  world.ledger.put(rotation);
  const consumers = [exampleService('mailer', { planned: { action: 'restart', group: 0 } })];
  await world.ledger.saveConsumers(rotation, consumers);
  const view = exampleView(state, { consumers, report: okReport, changes, now: Date.now() });
  const { text, blocks } = renderRotation(view, world.deps.texts, world.deps.settings);
  const posted = await world.client.chat.postMessage({ channel: 'C_OPS', text, blocks: [...blocks] });
  return posted.ts ?? '';
}

/** The example rotation as the ledger has it now. */
export function rotationNow(world: SlackWorld): Promise<Rotation | undefined> {
  return world.ledger.read(exampleRotation(states.waiting));
}

/** What only this person was told. */
export function toldTo(world: SlackWorld, user: string): string {
  return world.slack
    .privateTo(user)
    .map((message) => world.slack.textOf(message))
    .join('\n');
}
