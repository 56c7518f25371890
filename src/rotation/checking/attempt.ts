import type { ImageAnswer } from '../ports.ts';
import { repositoryOf } from '../rules/plan.ts';
import type { Rotation, RotationKey } from '../rules/rotation.ts';
import type { CheckingDeps } from './deps.ts';
import { loginIn } from './logins.ts';
import { mustRead } from './run-checks.ts';

/**
 * Tries one of the two logins on a few images now. A value that is no login answers `login-refused`: no registry ever
 * accepted it.
 * @throws {RotateError} where the value could not be read
 */
export async function attempt(
  deps: CheckingDeps,
  key: RotationKey,
  which: 'base' | 'staged',
  images: readonly string[],
): Promise<{ image: string; answer: ImageAnswer }[]> {
  const rotation = await mustRead(deps, key);
  const answers: { image: string; answer: ImageAnswer }[] = [];
  for (const image of images) {
    const credential = await credentialOf(deps, rotation, image);
    const version = which === 'base' ? credential.baseVersionId : credential.stagedVersionId;
    const login = await loginIn(deps, credential, version);
    const answer = login ? (await deps.registry.tryImage(image, login)).answer : 'login-refused';
    answers.push({ image, answer });
  }
  return answers;
}

/** The credential the image's container names; tasks may run it by digest, so the repository is compared. */
async function credentialOf(deps: CheckingDeps, rotation: Rotation, image: string): Promise<Credential> {
  const [first] = rotation.credentials;
  if (!first) throw new Error(`rotation ${rotation.id} holds no credential`);
  const records = await deps.ledger.consumers(rotation);
  const used = records
    .flatMap(({ consumer }) => consumer.images)
    .find((known) => repositoryOf(known.image) === repositoryOf(image));
  return rotation.credentials.find(({ id }) => id === used?.credentialId) ?? first;
}

type Credential = Rotation['credentials'][number];
