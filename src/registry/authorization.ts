import { SecretValue } from '../secret-value.ts';
import type { Login } from './login.ts';

/** The one file of src/registry that reveals values: they go into the Authorization header and nowhere else. */

export function basicAuthorization({ userName, password }: Login): SecretValue {
  const pair = Buffer.from(`${userName}:${password.reveal()}`, 'utf8').toString('base64');
  return SecretValue.of(`Basic ${pair}`);
}

export function bearerAuthorization(token: SecretValue): SecretValue {
  return SecretValue.of(`Bearer ${token.reveal()}`);
}

export function addAuthorization(headers: Headers, authorization: SecretValue): void {
  headers.set('authorization', authorization.reveal());
}

/** A token as the realm gave it, or undefined for one that cannot stand in a header: `Headers` would quote it. */
export function tokenFrom(text: string): SecretValue | undefined {
  return /^[\x21-\x7e]+$/.test(text) ? SecretValue.of(text) : undefined;
}
