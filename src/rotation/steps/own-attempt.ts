import type { PullTrouble } from '../rules/consumer.ts';
import type { Rotation, Trouble } from '../rules/rotation.ts';
import type { StoryDeps } from '../story-deps.ts';
import { tryOne } from './way-back.ts';

/**
 * What ECS quotes often hides the cause, or names a wrong one (ghcr.io answers `denied` to both): an attempt of our own
 * with the new login decides what people are told. The quoted text stays as it came.
 */
export async function withOwnAttempt(
  deps: StoryDeps,
  rotation: Rotation,
  trouble: Trouble,
): Promise<Trouble> {
  if (trouble.cause !== 'login' || !trouble.pull) return trouble;
  const { cause, image } = trouble.pull;
  if (cause.startsWith('secret_unreadable') && cause !== 'secret_unreadable:malformed') {
    return { ...trouble, cause: 'not-the-login' };
  }
  const ownAttempt = await tryNewLogin(deps, rotation, image);
  const isOpen = cause === 'access_denied' || cause === 'unknown_pull';
  const cleared = isOpen && (ownAttempt === 'readable' || ownAttempt === 'not-found');
  const pull = { ...trouble.pull, cause: causeBy(ownAttempt, trouble.pull) };
  await keepCause(deps, rotation, trouble, pull);
  return { ...trouble, ownAttempt, pull, cause: cleared ? 'not-the-login' : 'login' };
}

/**
 * Many registries answer "not found" to a login without the right. Where the old login may read the image, it is there,
 * and where that cannot be told, the new login is not cleared.
 */
async function tryNewLogin(
  deps: StoryDeps,
  rotation: Rotation,
  image: string,
): Promise<NonNullable<Trouble['ownAttempt']>> {
  const answer = await tryOne(deps, rotation, 'staged', image);
  if (answer === 'unreachable') return 'undecided';
  if (answer !== 'not-found') return answer;
  const old = await tryOne(deps, rotation, 'base', image);
  if (old === 'readable') return 'not-permitted';
  return old === 'not-found' || old === 'not-permitted' ? 'not-found' : 'undecided';
}

const refusals: readonly string[] = [
  'access_denied',
  'unknown_pull',
  'not_permitted',
  'credential_rejected',
  'credential_refused',
];

/** Only what is a refusal at all is told apart: a secret that holds no login is no matter of rights. */
function causeBy(ownAttempt: Trouble['ownAttempt'], { cause }: PullTrouble): string {
  if (!refusals.includes(cause)) return cause;
  if (ownAttempt === 'not-permitted') return 'not_permitted';
  return ownAttempt === 'login-refused' ? 'credential_rejected' : cause;
}

/** The service's line says the same as the reply. */
async function keepCause(
  deps: StoryDeps,
  rotation: Rotation,
  { consumerId }: Trouble,
  pull: PullTrouble,
): Promise<void> {
  const records = await deps.ledger.consumers(rotation);
  const record = records.find(({ consumer }) => consumer.id === consumerId);
  if (!record || !('trouble' in record.verdict) || record.verdict.trouble.cause === pull.cause) return;
  await deps.ledger.saveConsumer(rotation, { ...record, verdict: { ...record.verdict, trouble: pull } });
}
