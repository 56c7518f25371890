/** One registry's entry in the auth data: the others stay byte for byte. */
import type { Login } from '../../rotation/ports.ts';
import { type AuthFormat, faultsOf, isWrapper } from './entries.ts';
import { objectIn, textField } from './go-json.ts';
import { HUB_KEY, hostOf, isEverUsed, isHubHost, withoutScheme } from './keys.ts';
import { entryText } from './login-text.ts';
import { newMember, objectOf, type RawMember, rawMembersOf, withValue } from './raw-members.ts';

/**
 * The key to write for a registry: a host, or a host with a path for one namespace. Docker Hub has one key, with its
 * scheme as `docker login` writes it, and no namespaces. Undefined where the agent would never use a key.
 */
export function keyToWrite(registry: string): string | undefined {
  const key = withoutScheme(registry).replace(/^([^/]+)\/$/, '$1');
  if (key === HUB_KEY || isHubHost(key)) return `https://${HUB_KEY}`;
  return isEverUsed(key) ? key : undefined;
}

/**
 * The object with this login under `key`, and under the host alone where that is missing: without it images that no
 * other key fits would get any of the host's logins. Members that empty the whole document for the agent are dropped.
 */
export function mergeDocument(text: string, key: string, login: Login, format: AuthFormat): string {
  const members = (rawMembersOf(text) ?? [])
    .filter((member) => faultsOf(member, format).length === 0)
    .map((member) => (isWrapper(member.key, member.text) ? withoutCopy(member, key) : member));
  const entry = entryText(login, format);
  const merged = setEntry(members, key, entry, format);
  const host = hostOf(withoutScheme(key));
  const isMissing = !isHubHost(host) && !merged.some((member) => withoutScheme(member.key) === host);
  return objectOf(isMissing ? [...merged, newMember(host, entry)] : merged);
}

/** Names of members that `mergeDocument` drops, as they stand. */
export function droppedMembers(text: string, format: AuthFormat): readonly string[] {
  const members = rawMembersOf(text) ?? [];
  return members.filter((member) => faultsOf(member, format).length > 0).map(({ key }) => key);
}

/**
 * Turns every entry of `docker` into one of `dockercfg`. One without user name and password stays as it is. Undefined
 * with the key of the first that cannot be turned: a user name with a colon, or a token in place of a password.
 */
export function toDockercfg(
  text: string,
  loginOf: (member: RawMember) => Login | undefined,
): { readonly text: string } | { readonly stuck: string } {
  const members = rawMembersOf(text) ?? [];
  const stuck = members.find((member) => isStuck(member, loginOf(member)));
  if (stuck) return { stuck: stuck.key };
  const turned = members.map((member) => {
    const login = loginOf(member);
    return login ? withValue(member, entryText(login, 'dockercfg')) : member;
  });
  return { text: objectOf(turned) };
}

/** The first of several spellings is kept, the others go: which of them wins would change from start to start. */
function setEntry(
  members: readonly RawMember[],
  key: string,
  entry: string,
  format: AuthFormat,
): readonly RawMember[] {
  const first = members.findIndex((member) => isSame(member.key, key));
  if (first === -1) return [...members, newMember(key, entry)];
  return members.flatMap((member, index) => {
    if (!isSame(member.key, key)) return [member];
    if (index !== first) return [];
    if (withoutScheme(member.key) !== withoutScheme(key)) return [newMember(key, entry)];
    return [holds(member, entry, format) ? member : withValue(member, entry)];
  });
}

/** `auths` of Docker's own file does nothing and stays, less this registry's entry: no old login is left behind. */
function withoutCopy(wrapper: RawMember, key: string): RawMember {
  const inner = rawMembersOf(wrapper.text) ?? [];
  const kept = inner.filter((member) => !isSame(member.key, key));
  return kept.length === inner.length ? wrapper : withValue(wrapper, objectOf(kept));
}

/** With a slash behind the host a key is longer, so it would win over the host alone. */
function isSame(one: string, other: string): boolean {
  const plain = (key: string) => withoutScheme(key).replace(/^([^/]+)\/$/, '$1');
  return plain(one) === plain(other);
}

/** Whether an entry is this one already, in whatever order and with whatever blanks. */
function holds({ text }: RawMember, entry: string, format: AuthFormat): boolean {
  const has = objectIn(text) ?? [];
  const wanted = objectIn(entry) ?? [];
  const isExact = wanted.every(({ key, value }) => has.some((own) => own.key === key && own.value === value));
  return (
    has.length === wanted.length &&
    isExact &&
    faultsOf({ key: '', text, value: undefined }, format).length === 0
  );
}

function isStuck({ text }: RawMember, login: Login | undefined): boolean {
  const fields = objectIn(text) ?? [];
  const hasToken = ['identitytoken', 'registrytoken'].some((name) => {
    const field = textField(fields, name);
    return field.is === 'text' && field.text !== '';
  });
  return hasToken || (login?.userName.includes(':') ?? false);
}
