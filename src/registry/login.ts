import type { SecretValue } from '../secret-value.ts';

/** A registry login: a user name, which may be shown, and a password or token, which may not. */
export interface Login {
  readonly userName: string;
  readonly password: SecretValue;
}
