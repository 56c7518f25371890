import type { Rotation, RotationKey } from '../../rotation/rules/rotation.ts';
import { type Actor, act } from '../act.ts';
import { ask, tryUntil } from '../ask.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { whyMayNotAsk } from '../may-ask.ts';
import { sayTransitionRefusal } from '../refusal-texts.ts';
import { whyNotStored } from '../store-outcome.ts';
import { onButton } from './click.ts';
import { actorOf } from './incoming.ts';
import { choiceDeed } from './paused-choice.ts';
import { sentAtOf } from './sent-at.ts';

/**
 * Try Again: a paused rotation goes on; one that went back is asked for anew with the value still stored, and must be
 * approved anew.
 */
export const onTryAgain = (deps: SlackDependencies) =>
  onButton(deps, async ({ body, context }, key) => {
    const rotation = await deps.ledger.read(key);
    if (!rotation) return deps.texts.refusals.unknownRotation;
    if (rotation.state.phase === 'closed') return askAnew(deps, actorOf(body), rotation, sentAtOf(context));
    return goOn(deps, actorOf(body), key);
  });

async function goOn(deps: SlackDependencies, actor: Actor, key: RotationKey): Promise<string | undefined> {
  const acted = await act(deps, actor, key, choiceDeed('try-again'));
  return 'refused' in acted ? acted.refused : undefined;
}

async function askAnew(
  deps: SlackDependencies,
  actor: Actor,
  rotation: Rotation,
  sentAt: number,
): Promise<string> {
  const { texts, clock } = deps;
  const { registry, id, state } = rotation;
  if (state.phase !== 'closed' || state.outcome !== 'rolled-back')
    return sayTransitionRefusal(texts, 'not-open', rotation);
  const refused = await whyMayNotAsk(deps, actor);
  if (refused) return refused;
  const answer = await ask(deps, {
    registry,
    // One new request for one that went back, however often and by whomever it is pressed.
    submission: `again ${id}`,
    ask: { ...rotation.ask, by: actor.userId, at: clock.now(), entry: 'stored' },
    credentials: rotation.credentials.map(({ kind, target, id: arn, name }) => ({
      kind,
      target,
      id: arn,
      name,
    })),
    tryUntil: tryUntil(sentAt),
  });
  return whyNotStored(texts, registry, answer) ?? texts.refusals.asksAgain(registry);
}
