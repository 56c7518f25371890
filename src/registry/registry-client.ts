import { type Endpoint, type EndpointOptions, endpointOf } from './endpoint.ts';
import type { ImageReference } from './image-reference.ts';
import type { Login } from './login.ts';
import { type LoginAnswer, type PullAnswer, timedOut, type Unreachable } from './outcome.ts';
import type { Attempt } from './transport.ts';
import { tryLogin } from './try-login.ts';
import { tryPull } from './try-pull.ts';

export interface RegistryClientOptions extends EndpointOptions {
  readonly fetch?: typeof fetch;
  /** For a whole attempt, in milliseconds of wall time. Default 10,000. */
  readonly timeoutMs?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Tries logins at registries. Answers are values; nothing is thrown, and nothing holds a login or a token. */
export interface RegistryClient {
  /** `login` null: as nobody. `deadline`: milliseconds since the epoch, where it is sooner than the timeout. */
  tryPull(
    image: ImageReference,
    login: Login | null,
    options?: { readonly deadline?: number },
  ): Promise<PullAnswer>;
  /** `host` as images name it, `docker.io` for Docker Hub. `repository`: a private one, where one is known. */
  tryLogin(
    host: string,
    login: Login,
    options?: { readonly deadline?: number; readonly repository?: string },
  ): Promise<LoginAnswer>;
}

export function createRegistryClient(options: RegistryClientOptions = {}): RegistryClient {
  return {
    tryPull: (image, login, { deadline } = {}) =>
      within(options, image.registry, deadline, (attempt) => tryPull(attempt, image, login)),
    tryLogin: (host, login, { deadline, repository } = {}) =>
      within(options, host, deadline, (attempt) => tryLogin(attempt, login, repository)),
  };
}

/** Wall time on purpose: the other side, and who waits for the answer, do not run by a faster clock. */
async function within<Answer>(
  options: RegistryClientOptions,
  host: string,
  deadline: number | undefined,
  run: (attempt: Attempt) => Promise<Answer>,
): Promise<Answer | typeof timedOut | Unreachable> {
  const endpoint: Endpoint | undefined = endpointOf(host, options);
  if (!endpoint) return { result: 'unreachable', why: 'address-refused' };
  const { now = Date.now, timeoutMs = 10_000 } = options;
  const left = Math.min(timeoutMs, (deadline ?? Number.POSITIVE_INFINITY) - now());
  if (left <= 0) return timedOut;
  const signal = AbortSignal.timeout(Math.ceil(left));
  return run({ endpoint, fetch: options.fetch ?? fetch, signal, now });
}
