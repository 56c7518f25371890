import { isCredentialTrouble, isPullDenied, type PullFailureClass } from './pull-failure/classes.ts';
import { firstClass, occursAny } from './pull-failure/markers.ts';
import { findNamedImage, type NamedImage } from './pull-failure/named-image.ts';
import { normaliseReason } from './pull-failure/normalise.ts';
import { pullGate, pullRules } from './pull-failure/pull-rules.ts';
import { ecrAuthMarker, ecrAuthRules, secretGate, secretRules } from './pull-failure/secret-rules.ts';

export { isCredentialTrouble, type PullFailureClass, pullFailureClasses } from './pull-failure/classes.ts';

/** What a reason text of ECS says about a failed pull. */
export interface PullFailure extends NamedImage {
  readonly class: PullFailureClass;
  /** The text as it came, at most 1024 UTF-16 units. AWS's words: escape them before showing. */
  readonly quoted: string;
  /** The login, or the way it reaches the puller, is at fault. */
  readonly credentialTrouble: boolean;
  /** The registry itself refused the pull. */
  readonly pullDenied: boolean;
  /** Only for `rate_limited`: the registry counted the pull as unauthenticated, so perhaps no login was sent. */
  readonly unauthenticatedHint: boolean;
}

/** What the ECS API keeps of a container's reason. */
const quotedLength = 1024;

/**
 * Reads one reason text: `tasks[].stoppedReason`, `tasks[].containers[].reason` or the message of a service
 * event. `undefined` where it tells of no failed pull. Never throws; linear in the length of the text.
 * Only the text decides, never the status: a RUNNING container can carry a reason too. AWS promises nothing
 * about wording, so what is not recognised is `unknown_pull`, to be decided by a login of our own.
 */
export function diagnosePullFailure(reason: string): PullFailure | undefined {
  const text = normaliseReason(reason);
  const cls = classOf(text);
  return (
    cls && {
      class: cls,
      quoted: cut(reason),
      credentialTrouble: isCredentialTrouble(cls),
      pullDenied: isPullDenied(cls),
      unauthenticatedHint: cls === 'rate_limited' && text.includes('unauthenticated'),
      ...findNamedImage(reason),
    }
  );
}

function classOf(text: string): PullFailureClass | undefined {
  if (occursAny(secretGate, text)) return unreadable(text);
  return occursAny(pullGate, text) ? (firstClass(pullRules, text) ?? 'unknown_pull') : undefined;
}

function unreadable(text: string): PullFailureClass {
  return text.includes(ecrAuthMarker)
    ? (firstClass(ecrAuthRules, text) ?? 'ecr_auth_unreadable:unknown')
    : (firstClass(secretRules, text) ?? 'secret_unreadable:unknown');
}

function cut(reason: string): string {
  // Half a surrogate pair is no text: some JSON readers refuse it.
  return reason.slice(0, quotedLength).replace(/[\uD800-\uDBFF]$/, '');
}
