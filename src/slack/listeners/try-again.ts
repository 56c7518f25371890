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
  const { texts } = deps;
  const { registry, id, state } = rotation;
  if (state.phase !== 'closed' || state.outcome !== 'rolled-back')
    return sayTransitionRefusal(texts, 'not-open', rotation);
  const refused = await whyMayNotAsk(deps, actor);
  if (refused) return refused;
  if (!(await isLast(deps, rotation))) return texts.refusals.notTheLast;
  const answer = await ask(deps, {
    registry,
    // One new request for one that went back, however often and by whomever it is pressed.
    submission: `again ${id}`,
    ask: askOf(deps, actor, rotation),
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

/** Whoever presses the button, the value is still of the one who supplied it. */
function askOf({ clock }: SlackDependencies, { userId }: Actor, { ask: before }: Rotation): Rotation['ask'] {
  const suppliedBy = before.suppliedBy ?? before.by;
  return { ...before, by: userId, suppliedBy, at: clock.now(), entry: 'stored' };
}

/** Where another rotation has followed, the value under our label need not be this one's any more. */
async function isLast({ ledger }: SlackDependencies, { registry, id }: Rotation): Promise<boolean> {
  const stored = (await ledger.history(registry, mostAttempts)).filter(
    ({ state }) => state.phase !== 'closed' || state.because !== 'never-stored',
  );
  return stored[0]?.id === id;
}

/** Far more than anybody tries to store anew before one is stored. */
const mostAttempts = 20;
