import type { ReplyKind, RotationView } from '../ports.ts';
import type { ConsumerRecord } from '../rules/consumer.ts';
import { isAgent } from '../rules/fleet.ts';
import { replyDue } from '../rules/replies.ts';
import type { Rotation } from '../rules/rotation.ts';
import type { StoryDeps } from '../story-deps.ts';
import { advance } from './advance.ts';

type TellingDeps = Pick<StoryDeps, 'ledger' | 'announcer' | 'clock'>;

/**
 * Shows the rotation in its one message, remembers where that message is, and calls people where it is due. Answers
 * whether Slack took a message that must arrive.
 */
export async function tell(
  deps: TellingDeps,
  rotation: Rotation | undefined,
  options: { final?: boolean; consumers?: readonly ConsumerRecord[] } = {},
): Promise<boolean> {
  if (!rotation) return true;
  const view = await viewOf(deps, rotation, options.consumers);
  const place = await deps.announcer.show(view, { final: options.final ?? false });
  const known = rotation.message;
  if (place && (known?.ts !== place.ts || known.channel !== place.channel)) {
    await advance(deps, rotation, (current) => ({ ...current, message: place }));
  }
  const due = replyDue(rotation, view.now);
  if (due) await deps.announcer.reply(view, due.kind, due.name);
  return place !== undefined;
}

/** Answers in the thread, once per name and rotation. */
export async function reply(
  deps: TellingDeps,
  rotation: Rotation | undefined,
  kind: ReplyKind,
  name: string,
): Promise<void> {
  if (!rotation) return;
  const current = (await deps.ledger.read(rotation)) ?? rotation;
  await deps.announcer.reply(await viewOf(deps, current), kind, name);
}

async function viewOf(
  deps: TellingDeps,
  rotation: Rotation,
  consumers?: readonly ConsumerRecord[],
): Promise<RotationView> {
  const report = await deps.ledger.report(rotation);
  const hasHosts = rotation.credentials.some(isAgent);
  return {
    rotation,
    consumers: consumers ?? (await deps.ledger.consumers(rotation)),
    ...(hasHosts ? { instances: await deps.ledger.instances(rotation) } : {}),
    ...(report ? { report } : {}),
    now: deps.clock.now(),
  };
}
