import { type AskRegistry, type RegistryAnswer, statusLine } from './ask-registry.ts';
import type { Challenge } from './challenge.ts';

/** A registry login as a puller holds it, or undefined for an anonymous pull. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

export type TokenAnswer =
  | { readonly token: string }
  /** `url` is the realm with its query, as engines print it. */
  | { readonly refused: RegistryAnswer; readonly url: string };

/** Asks the realm of a Bearer challenge for a token to pull `repository`. A granted token proves no access. */
export async function fetchToken(
  ask: AskRegistry,
  challenge: Challenge,
  repository: string,
  login: Login | undefined,
): Promise<TokenAnswer> {
  const realm = new URL(challenge.parameters.realm ?? 'http://realm.invalid/');
  // Engines ask for the scope they need, whatever the challenge says: GHCR's /v2/ names a placeholder.
  realm.searchParams.append('scope', `repository:${repository}:pull`);
  if (challenge.parameters.service !== undefined)
    realm.searchParams.append('service', challenge.parameters.service);
  const answer = await ask({
    method: 'GET',
    host: realm.host,
    path: `${realm.pathname}${realm.search}`,
    headers: login === undefined ? {} : { authorization: basic(login) },
  });
  const token = 'status' in answer && answer.status < 400 ? readToken(answer.body) : undefined;
  return token === undefined ? { refused: answer, url: realm.href } : { token };
}

/** The header of RFC 7617. */
export const basic = ({ username, password }: Login): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** Why a token was not had, in Go's words without the realm's own text. */
export const refusalLine = (answer: RegistryAnswer): string =>
  'unreachable' in answer ? answer.unreachable : statusLine(answer.status);

function readToken(body: string): string | undefined {
  try {
    const { token, access_token } = JSON.parse(body);
    const found: unknown = token ?? access_token;
    return typeof found === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}
