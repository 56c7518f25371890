/**
 * What the ECS agent would pass over without saying so, by name (docs/agent-logins.md). A closed list: each name has
 * its sentences in src/text/en/agent.ts. A problem tells where, never what stands there.
 */
export const problemNames = [
  // Lines of ecs.config.
  'line-repeated',
  'line-misnamed',
  'line-commented',
  'byte-order-mark',
  // Where type and data come from.
  'hides-another',
  'json-config-broken',
  'json-config-elsewhere',
  'user-data-ignored',
  // The type.
  'type-empty',
  'type-quoted',
  'type-case',
  'type-unknown',
  // The data as a whole: the agent drops every login.
  'data-missing',
  'data-quoted',
  'data-spans-lines',
  'data-in-string',
  'data-not-json',
  'data-not-object',
  'member-not-object',
  'member-not-text',
  'auths-wrapper',
  // One entry.
  'auth-not-base64',
  'auth-without-colon',
  'auth-not-text',
  'auth-not-decoded',
  'plain-in-dockercfg',
  'entry-without-login',
  'user-name-empty',
  'password-empty',
  // Keys.
  'key-twice',
  'scheme-twins',
  'hub-key-never-used',
  'ecr-key-never-used',
  'key-never-matches',
  'key-upper-case',
  'host-key-missing',
] as const;

export type ProblemName = (typeof problemNames)[number];

/** The places a setting may come from; the first that has one wins, field by field. */
export type Source = 'ecs.config' | 'var-lib' | 'json-config' | 'user-data';

export interface Problem {
  readonly name: ProblemName;
  /** The registry's key without its scheme, or a host. Missing where the text at that place may be anything. */
  readonly key?: string;
  /** The member of an entry, one of those the agent knows. */
  readonly member?: string;
  readonly source?: Source;
  /** Line of ecs.config or /var/lib/ecs/ecs.config, from 1. */
  readonly line?: number;
  /** Character of the value, from 1, at which it stops being JSON. */
  readonly column?: number;
}

/** Keys that people copy from Docker's own config.json: the only ones without a host that may be told. */
const knownMembers = ['auths', 'credsStore', 'credHelpers', 'HttpHeaders', 'auth', 'username', 'password'];
const hostWithPath = /^(?:[\w-]{1,63}(?:\.[\w-]{1,63})*(?::\d{1,5})?)(?:\/[\w.\-/]{0,100})?$/;

/**
 * A key as it may be told: something that looks like a registry. A login pasted into the wrong place is a key too,
 * and is never quoted.
 */
export function tellable(key: string): { readonly key?: string } {
  const [host = ''] = key.split('/', 1);
  const isHost = host === 'localhost' || host.includes('.') || host.includes(':');
  return knownMembers.includes(key) || (isHost && hostWithPath.test(key)) ? { key } : {};
}
