import { type ErrorCode, isRotateError } from '../../errors.ts';
import type { Login } from '../ports.ts';
import type { Rotation } from '../rules/rotation.ts';
import type { CheckingDeps } from './deps.ts';

/** The logins of a rotation, held only while the checks run. */
export interface RotationLogins {
  readonly staged: Login;
  /** The login in use by credential id; missing where the value cannot be read as a login, or is the staged one. */
  readonly base: ReadonlyMap<string, Login>;
}

/** @throws RotateError where the new value cannot be read: without it nothing can be checked. */
export async function readLogins(
  deps: Pick<CheckingDeps, 'credentials'>,
  rotation: Rotation,
): Promise<RotationLogins> {
  const [first] = rotation.credentials;
  if (!first) throw new Error(`rotation ${rotation.id} holds no credential`);
  const staged = await deps.credentials.readLogin(first, first.stagedVersionId);
  const base = new Map<string, Login>();
  for (const credential of rotation.credentials) {
    if (credential.baseVersionId === credential.stagedVersionId) continue;
    const login = await loginIn(deps, credential, credential.baseVersionId);
    if (login) base.set(credential.id, login);
  }
  return { staged, base };
}

/**
 * The login a version holds; undefined where what stands there is none, which no registry ever accepted.
 * @throws {RotateError} where it could not be read: that says nothing about the login
 */
export async function loginIn(
  deps: Pick<CheckingDeps, 'credentials'>,
  credential: Rotation['credentials'][number],
  versionId: string,
): Promise<Login | undefined> {
  try {
    return await deps.credentials.readLogin(credential, versionId);
  } catch (error) {
    if (isRotateError(error, ...holdsNoLogin)) return undefined;
    throw error;
  }
}

const holdsNoLogin: readonly ErrorCode[] = [
  'secret-binary',
  'secret-empty',
  'secret-incomplete',
  'secret-malformed',
  'secret-version-missing',
];
