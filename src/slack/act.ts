import type { Person, Refusal } from '../rotation/rules/policy.ts';
import type { Rotation, RotationKey } from '../rotation/rules/rotation.ts';
import type { Click, Transition } from '../rotation/rules/transitions.ts';
import type { SlackDependencies } from './dependencies.ts';
import { sayPersonRefusal, sayTransitionRefusal, type TransitionRefusal } from './refusal-texts.ts';

/** Who did something in Slack, as its request says. */
export interface Actor {
  readonly userId: string;
  readonly teamId: string | undefined;
}

/** One thing a person may do to a rotation. */
export interface Deed {
  /** Word for the audit. */
  readonly what: string;
  /** Whether it may be done after the end as well. */
  readonly afterEnd?: boolean;
  may(person: Person, rotation: Rotation): Refusal | undefined;
  apply(rotation: Rotation, click: Click): Transition<TransitionRefusal>;
}

/** `refused` is the private answer, ready for mrkdwn. */
export type Acted = { readonly done: Rotation } | { readonly refused: string };

/**
 * Checks the right, makes the one conditional write, and rings the execution that waits. The record is the truth: a
 * bell that is not heard does no harm, for the workflow reads the record again before long.
 */
export async function act(
  deps: SlackDependencies,
  actor: Actor,
  key: RotationKey,
  deed: Deed,
): Promise<Acted> {
  const { texts, settings, ledger } = deps;
  const person = await deps.people.person(actor.userId, actor.teamId);
  if (!person) return { refused: texts.refusals.peopleUnknown };
  const known = await ledger.read(key);
  if (!known) return { refused: texts.refusals.unknownRotation };
  const refusal = deed.may(person, known);
  if (refusal) return { refused: sayPersonRefusal(texts, refusal, settings) };
  let before = known;
  const click = { by: person.id, at: deps.clock.now() };
  const apply = (rotation: Rotation) => {
    before = rotation;
    return deed.apply(rotation, click);
  };
  const changed = await ledger.change(key, apply, { ended: deed.afterEnd ?? false });
  if ('refused' in changed)
    return { refused: sayTransitionRefusal(texts, changed.refused, changed.rotation ?? known) };
  await ringQuietly(deps, before);
  await auditQuietly(deps, key, { at: click.at, what: deed.what, by: click.by });
  return { done: changed.rotation };
}

async function ringQuietly({ executions, log }: SlackDependencies, before: Rotation): Promise<void> {
  const callbackId = 'callbackId' in before.state ? before.state.callbackId : undefined;
  if (!callbackId) return;
  try {
    await executions.ring(callbackId);
  } catch (error) {
    log.warn('A waiting execution did not hear the bell', { error, rotation: before.id });
  }
}

/** The click counts already: a person is not told to repeat it over the audit. */
async function auditQuietly(
  { ledger, log }: SlackDependencies,
  key: RotationKey,
  entry: { readonly at: number; readonly what: string; readonly by: string },
): Promise<void> {
  try {
    await ledger.audit(key, entry);
  } catch (error) {
    log.error('The audit could not be written', { error, rotation: key.id, ...entry });
  }
}
