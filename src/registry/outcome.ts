/** What an attempt to read one image says of the login. Undecided is never as good as readable. */
export type PullAnswer =
  | {
      readonly result: 'readable';
      /** What the registry holds under this name now. */
      readonly digest: string;
      /** False where the registry never asked for a login, so that the answer says nothing about it. */
      readonly loginSent: boolean;
    }
  | { readonly result: 'login-refused' }
  /** The login is right, or none was given, and it may not read this image. */
  | { readonly result: 'not-permitted' }
  /** The image is missing, or hidden from this login: registries do not tell which. */
  | { readonly result: 'not-found' }
  | Undecided
  | Unreachable;

/** What an attempt to log in says. */
export type LoginAnswer =
  | { readonly result: 'accepted' }
  | { readonly result: 'refused' }
  | Undecided
  | Unreachable;

/** The registry, or something in its place, answered nothing that says anything about the login. */
export interface Undecided {
  readonly result: 'undecided';
  readonly why: 'rate-limited' | 'locked-out' | 'server-error' | 'timeout' | 'unexpected';
  /** Where the registry said when to ask again. */
  readonly retryAfterSeconds?: number;
  /** For the log: what was unexpected. */
  readonly detail?: UnexpectedDetail;
}

export type UnexpectedDetail =
  | 'realm-not-trusted'
  | 'redirect-refused'
  | 'redirected'
  | 'not-a-manifest'
  | 'other-digest'
  | 'no-challenge'
  | 'no-token'
  | 'login-not-asked'
  | 'login-not-proven'
  | 'web-page'
  | `status-${number}`;

/** There was no connection. Whether the hosts that pull have one is another question. */
export interface Unreachable {
  readonly result: 'unreachable';
  readonly why: 'no-such-host' | 'refused' | 'reset' | 'no-route' | 'tls' | 'address-refused' | 'network';
}

export function unexpected(detail: UnexpectedDetail): Undecided {
  return { result: 'undecided', why: 'unexpected', detail };
}

export const timedOut: Undecided = { result: 'undecided', why: 'timeout' };
