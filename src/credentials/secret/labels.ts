import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { awsProblem } from '../../aws-errors.ts';
import type { Clock } from '../../clock.ts';
import { isRotateError, RotateError } from '../../errors.ts';
import type { MoveResult, RotatedCredential } from '../../rotation/rules/credential.ts';
import { readLabels } from './condition.ts';
import { askSecret, BASE, CURRENT, PENDING, type Secret } from './secret.ts';

/** Between two looks whether a move shows; AWS is eventually consistent. */
const LOOK_AGAIN_MS = 1_000;
const LOOKS = 8;

/**
 * AWSCURRENT from `from` to `to`, never from anything else: AWS compares and swaps, so a colleague's version is not
 * overwritten even where it comes between our look and our move. Reads back until it shows.
 * @throws {RotateError} `secret-unsettled` where it does not show.
 */
export async function moveCurrent(
  secret: Secret,
  clock: Clock,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<MoveResult> {
  const holderOf = await readLabels(secret);
  const current = holderOf(CURRENT);
  if (current === to) return { result: 'already-there' };
  if (current !== from) return changedBySomeone(current);
  await keepAsBase(secret, holderOf(BASE), { from, to });
  const isSwapped = await moveLabel(secret, CURRENT, { from, to });
  return readBack(secret, clock, { from, to, isSwapped });
}

/** Takes our labels off these two versions, where they are on them; nothing where the secret is gone. */
export async function removeOwnLabels(
  secret: Secret,
  { baseVersionId, stagedVersionId }: RotatedCredential,
  { keepPending }: { readonly keepPending: boolean },
): Promise<void> {
  try {
    const holderOf = await readLabels(secret);
    if (holderOf(BASE) === baseVersionId) await moveLabel(secret, BASE, { from: baseVersionId });
    if (!keepPending && holderOf(PENDING) === stagedVersionId) {
      await moveLabel(secret, PENDING, { from: stagedVersionId });
    }
  } catch (error) {
    if (!isRotateError(error, 'secret-missing')) throw error;
  }
}

/** Labels what is to be returned to; AWS prunes versions without labels. On the way back the label stays there. */
async function keepAsBase(
  secret: Secret,
  base: string | undefined,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  if (base === from || base === to) return;
  await moveLabel(secret, BASE, { ...(base && { from: base }), to: from });
}

/** False where AWS refuses because the label was no longer where we saw it. */
async function moveLabel(
  secret: Secret,
  label: string,
  { from, to }: { readonly from?: string; readonly to?: string },
): Promise<boolean> {
  const command = new UpdateSecretVersionStageCommand({
    SecretId: secret.arn,
    VersionStage: label,
    RemoveFromVersionId: from,
    MoveToVersionId: to,
  });
  try {
    await askSecret(secret, 'UpdateSecretVersionStage', () => secret.client.send(command));
    return true;
  } catch (error) {
    if (awsProblem(error) === 'InvalidParameterException') return false;
    throw error;
  }
}

interface Swap {
  readonly from: string;
  readonly to: string;
  readonly isSwapped: boolean;
}

/** After a refusal the label may be at `to` all the same: the SDK repeats a call whose answer was lost. */
async function readBack(secret: Secret, clock: Clock, { from, to, isSwapped }: Swap): Promise<MoveResult> {
  for (let looks = 1; looks <= LOOKS; looks += 1) {
    const current = (await readLabels(secret))(CURRENT);
    if (current === to) return { result: isSwapped ? 'moved' : 'already-there' };
    if (current !== from) return changedBySomeone(current);
    await clock.sleep(LOOK_AGAIN_MS);
  }
  throw new RotateError('secret-unsettled', { name: secret.name });
}

function changedBySomeone(currentVersionId = ''): MoveResult {
  return { result: 'changed-by-someone', currentVersionId };
}
