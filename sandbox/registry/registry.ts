import type { Clock } from '../../src/clock.ts';
import { admitBy } from './access.ts';
import { allWell, type Knobs } from './knobs.ts';
import { listen } from './listener.ts';
import { createGate } from './lockout.ts';
import { createPullCounter } from './pull-limit.ts';
import { createRepositories, type Repositories } from './repositories.ts';
import type { RespondWorld } from './respond.ts';
import { type RequestRecord, serve } from './serve.ts';
import { createTokenService, type Manner } from './tokens.ts';
import { createUsers, type Users } from './users.ts';

export type { RequestRecord } from './serve.ts';

export interface Registry {
  /** Base address, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** The name images call it by, such as `registry.example.com`; without one, the address itself. */
  readonly host: string;
  readonly users: Users;
  readonly repositories: Repositories;
  readonly knobs: Readonly<Knobs>;
  /** Breaks or mends something. Settles when it has taken effect. */
  turn(change: Partial<Knobs>): Promise<void>;
  /** The latest requests, oldest first, at most 10,000. */
  readonly requests: readonly RequestRecord[];
  close(): Promise<void>;
}

export interface RegistryOptions {
  /** Name that images call this registry by; it is also the Bearer service. Default: the address it listens on. */
  readonly host?: string;
  readonly auth: 'basic' | 'bearer' | 'none';
  readonly clock: Clock;
  /** Default 0: any free port. */
  readonly port?: number;
  /** How a refusal is worded: as docker-registry does (default), or as GHCR. */
  readonly manner?: Manner;
}

/**
 * A container registry on loopback: the pull side of the distribution API with users, rights and faults that can be
 * changed while it runs. Held to Debian's docker-registry by test/conformance/docker-registry.
 */
export async function startRegistry(options: RegistryOptions): Promise<Registry> {
  const state = { knobs: allWell, url: '' };
  const knobs = () => state.knobs;
  const { users, repositories, world } = assemble(options, () => state.url, knobs);
  const requests: RequestRecord[] = [];
  const serving = { clock: options.clock, knobs, requests, world };
  const listener = await listen(options.port ?? 0, (request, response) => {
    void serve(serving, request, response);
  });
  state.url = `http://127.0.0.1:${listener.port}`;
  return {
    url: state.url,
    host: options.host ?? hostOf(state.url),
    users,
    repositories,
    requests,
    get knobs() {
      return state.knobs;
    },
    async turn(change) {
      state.knobs = { ...state.knobs, ...change };
      await (state.knobs.down === 'refuse' ? listener.pause() : listener.resume());
    },
    close: () => listener.pause(),
  };
}

/** The parts of a registry, joined. Its address is known only once it listens. */
function assemble(options: RegistryOptions, url: () => string, knobs: () => Knobs) {
  const { clock, auth, manner = 'distribution' } = options;
  const users = createUsers();
  const repositories = createRepositories();
  const gate = createGate(clock, users, knobs);
  const tokens = createTokenService({ clock, users, repositories, gate, manner });
  const realm = () => `${url()}/token`;
  const service = () => options.host ?? hostOf(url());
  const world: RespondWorld = {
    repositories,
    admit: admitBy(auth, { users, repositories, gate, tokens, manner, realm, service }),
    tokens: auth === 'bearer' ? tokens : undefined,
    pulls: createPullCounter(clock),
    knobs,
  };
  return { users, repositories, world };
}

function hostOf(url: string): string {
  return new URL(url).host;
}
