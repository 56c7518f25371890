import { MANIFEST_TYPE } from '../../../sandbox/registry/image.ts';
import { type Registry, type RegistryOptions, startRegistry } from '../../../sandbox/registry/registry.ts';
import { wallClock } from '../../../src/clock.ts';

/** A registry with three users of different rights, a private and a public repository. */
export async function startExample(options: Partial<RegistryOptions> = {}): Promise<Registry> {
  const registry = await startRegistry({ auth: 'basic', clock: wallClock, ...options });
  registry.users.add('good', 's3cret-one', ['team/*']);
  registry.users.add('limited', 's3cret-lim');
  registry.repositories.publish('team/app', '1');
  registry.repositories.publish('open/app', '1');
  registry.repositories.setPublic('open/app', true);
  return registry;
}

export const good = basic('good', 's3cret-one');
export const limited = basic('limited', 's3cret-lim');
export const wrong = basic('good', 'not-it');

export function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Asks as an engine does, with the manifest type in Accept unless told otherwise. */
export async function ask(
  registry: Registry,
  path: string,
  options: { authorization?: string; method?: string; accept?: string | null; ifNoneMatch?: string } = {},
): Promise<Answered> {
  const headers = new Headers();
  const { authorization, method = 'GET', accept = MANIFEST_TYPE, ifNoneMatch } = options;
  if (authorization) headers.set('authorization', authorization);
  if (accept) headers.set('accept', accept);
  if (ifNoneMatch) headers.set('if-none-match', ifNoneMatch);
  const response = await fetch(registry.url + path, { method, headers, redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** A Bearer header from the registry's own realm. */
export async function bearer(registry: Registry, authorization?: string, scope = 'repository:team/app:pull') {
  const { text } = await ask(registry, `/token?service=x&scope=${scope}`, { authorization });
  const body: { token?: string } = JSON.parse(text);
  return `Bearer ${body.token}`;
}

/** The code of the first error in a body. */
export function errorCode({ text }: Answered): string | undefined {
  const body: { errors?: { code: string }[] } = JSON.parse(text);
  return body.errors?.[0]?.code;
}
