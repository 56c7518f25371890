/** The one file of this kind that reveals values: they become the text of an entry, or a digest, and nothing else. */
import { pbkdf2Sync } from 'node:crypto';
import type { Login } from '../../rotation/ports.ts';
import type { AuthFormat } from './entries.ts';

/** The JSON of an entry that holds this login. `dockercfg` cannot hold a user name with a colon. */
export function entryText({ userName, password }: Login, format: AuthFormat): string {
  if (format === 'docker') return JSON.stringify({ username: userName, password: password.reveal() });
  return JSON.stringify({
    auth: Buffer.from(`${userName}:${password.reveal()}`, 'utf8').toString('base64'),
  });
}

/** Slow on purpose: digest and salt lie in Systems Manager's history, and a short password could be guessed from them. */
const rounds = 100_000;

/**
 * 24 hexadecimal digits by which the logins of instances are compared: PBKDF2 with HMAC-SHA-256 over `user:password`,
 * 100,000 rounds, 12 bytes. Use a new salt, at least 16 characters of ASCII, for every reading of a fleet.
 */
export function digestOf({ userName, password }: Login, salt: string): string {
  return pbkdf2Sync(`${userName}:${password.reveal()}`, salt, rounds, 12, 'sha256').toString('hex');
}
