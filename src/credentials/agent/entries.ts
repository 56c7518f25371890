/** The entries of the auth data as the agent takes them (agent/dockerclient/dockerauth/dockerauth.go, parseAuthData). */
import type { Login } from '../../rotation/ports.ts';
import { SecretValue } from '../../secret-value.ts';
import { type GoMember, objectIn, textField } from './go-json.ts';
import { withoutScheme } from './keys.ts';
import { type Problem, type ProblemName, tellable } from './problems.ts';

/** `docker` holds logins in plain text, `dockercfg` in base64. */
export type AuthFormat = 'docker' | 'dockercfg';

/** What the agent's map has under a key. Without a login and a token the agent pulls without. */
export interface Entry {
  /** Scheme stripped. */
  readonly key: string;
  readonly login?: Login;
  /** An identity or registry token, which `docker` hands on instead of a login. */
  readonly token: boolean;
}

export interface ReadEntries {
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
}

/** Reads the members of the document. One wrong type anywhere empties all; a bad entry of `dockercfg` only itself. */
export function readEntries(members: readonly GoMember[], format: AuthFormat): ReadEntries {
  const faults = members.flatMap((member) => faultsOf(member, format));
  if (faults.length > 0) return { entries: [], problems: [...wrapperProblems(members), ...faults] };
  const last = new Map(members.map((member) => [member.key, member]));
  const read = [...last.values()].map((member) => readEntry(member, format));
  return {
    entries: read.flatMap(({ entry }) => entry ?? []),
    problems: [...repeatedKeys(members), ...read.flatMap(({ problems }) => problems)],
  };
}

/** What of one member makes Go give up the whole document. */
export function faultsOf({ key, text }: GoMember, format: AuthFormat): readonly Problem[] {
  const fields = objectIn(text);
  if (fields === undefined) return [problem('member-not-object', key)];
  return fieldsOf[format]
    .filter((name) => textField(fields ?? [], name).is === 'wrong-type')
    .map((member) => ({ ...problem('member-not-text', key), member }));
}

/** Fields of dockercfgConfigEntry, and of AuthConfig in docker's api/types/registry. Others are not looked at. */
const fieldsOf: Readonly<Record<AuthFormat, readonly string[]>> = {
  dockercfg: ['auth'],
  docker: ['username', 'password', 'auth', 'email', 'serveraddress', 'identitytoken', 'registrytoken'],
};

interface ReadEntry {
  readonly entry?: Entry;
  readonly problems: readonly Problem[];
}

function readEntry(member: GoMember, format: AuthFormat): ReadEntry {
  const fields = objectIn(member.text) ?? [];
  const text = (name: string): string => {
    const field = textField(fields, name);
    return field.is === 'text' ? field.text : '';
  };
  return format === 'docker' ? readPlain(member, text) : readEncoded(member, text);
}

function readPlain({ key, text: raw }: GoMember, text: (name: string) => string): ReadEntry {
  const token = text('identitytoken') !== '' || text('registrytoken') !== '';
  const [userName, password] = [text('username'), text('password')];
  const problems: Problem[] = [];
  if (userName === '' && password === '' && !token) {
    problems.push(
      problem(isWrapper(key, raw) ? 'auths-wrapper' : absent(text('auth'), 'auth-not-decoded'), key),
    );
  } else if (!token) problems.push(...emptyParts(key, userName, password));
  return { entry: toEntry(key, userName, password, token), problems };
}

function readEncoded({ key, text: raw }: GoMember, text: (name: string) => string): ReadEntry {
  const auth = text('auth');
  if (isWrapper(key, raw)) return { problems: [problem('auths-wrapper', key)] };
  if (auth === '') {
    return { problems: [problem(absent(text('username') + text('password'), 'plain-in-dockercfg'), key)] };
  }
  const bytes = decodeBase64(auth);
  if (!bytes) return { problems: [problem('auth-not-base64', key)] };
  const pair = bytes.toString('utf8');
  const colon = pair.indexOf(':');
  const isText = Buffer.from(pair, 'utf8').equals(bytes);
  const notText = isText ? [] : [problem('auth-not-text', key)];
  if (colon === -1) return { problems: [problem('auth-without-colon', key), ...notText] };
  const [userName, password] = [pair.slice(0, colon), pair.slice(colon + 1)];
  return {
    entry: toEntry(key, userName, password, false),
    problems: [...notText, ...emptyParts(key, userName, password)],
  };
}

function toEntry(key: string, userName: string, password: string, token: boolean): Entry {
  const login = userName !== '' && { login: { userName, password: SecretValue.of(password) } };
  return { key: withoutScheme(key), ...login, token };
}

/** Go's base64.StdEncoding: padded, CR and LF passed over, left-over bits not looked at. */
function decodeBase64(text: string): Buffer | undefined {
  const packed = text.replace(/[\r\n]/g, '');
  const isWhole = packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
  return isWhole ? Buffer.from(packed, 'base64') : undefined;
}

function wrapperProblems(members: readonly GoMember[]): Problem[] {
  return members.some(({ key, text }) => isWrapper(key, text)) ? [problem('auths-wrapper', 'auths')] : [];
}

/** Docker's own config.json keeps its entries one level deeper. */
export function isWrapper(key: string, text: string): boolean {
  const inner = key === 'auths' ? objectIn(text) : undefined;
  return inner?.every(({ text: value }) => objectIn(value)) ?? false;
}

function repeatedKeys(members: readonly GoMember[]): Problem[] {
  const keys = members.map(({ key }) => key);
  const repeated = keys.filter((key, index) => keys.indexOf(key) !== index);
  return [...new Set(repeated)].map((key) => problem('key-twice', key));
}

function emptyParts(key: string, userName: string, password: string): Problem[] {
  if (userName === '') return [problem('user-name-empty', key)];
  return password === '' ? [problem('password-empty', key)] : [];
}

function absent(other: string, name: ProblemName): ProblemName {
  return other === '' ? 'entry-without-login' : name;
}

function problem(name: ProblemName, key: string): Problem {
  return { name, ...tellable(withoutScheme(key)) };
}
