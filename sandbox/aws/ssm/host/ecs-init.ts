import { existsSync, readFileSync } from 'node:fs';

/**
 * The environment that ecs-init gives the agent: the files in order, later ones and later lines win. Lines are
 * trimmed and split at the first equals sign, quotes stay (ecs-init/docker/docker.go, getEnvVars).
 */
export function readEnvironment(files: readonly string[]): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const file of files) {
    if (!existsSync(file)) continue;
    for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
      const at = line.indexOf('=');
      if (at >= 0) environment[line.slice(0, at).trimStart()] = line.slice(at + 1).trimEnd();
    }
  }
  return environment;
}

/** One login as the agent's own map has it: the key without its scheme. */
export interface AgentLogin {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** What the agent makes of the two settings at its start (agent/dockerclient/dockerauth/dockerauth.go). */
export interface AgentLogins {
  readonly logins: readonly AgentLogin[];
  /** As it writes them to its log. */
  readonly warnings: readonly string[];
}

export function readAgentLogins(environment: Readonly<Record<string, string>>): AgentLogins {
  const type = environment.ECS_ENGINE_AUTH_TYPE ?? '';
  const data = environment.ECS_ENGINE_AUTH_DATA ?? '';
  if (type === '') return { logins: [], warnings: [] };
  if (type !== 'docker' && type !== 'dockercfg') {
    return { logins: [], warnings: [`Unknown auth configuration: ${type}`] };
  }
  const entries = parseEntries(data, type === 'docker' ? dockerMembers : ['auth']);
  if (!entries) return { logins: [], warnings: [`Could not parse '${type}' type auth config`] };
  return type === 'docker' ? plainLogins(entries) : encodedLogins(entries);
}

type Entries = [registry: string, entry: Record<string, string>][];

const dockerMembers = [
  'username',
  'password',
  'auth',
  'email',
  'serveraddress',
  'identitytoken',
  'registrytoken',
];

/** Undefined where Go's decoder gives up: it fills structures of texts, and one wrong type fails the document. */
function parseEntries(data: string, members: readonly string[]): Entries | undefined {
  let document: unknown;
  try {
    document = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (!isObject(document)) return undefined;
  const entries: Entries = [];
  for (const [registry, raw] of Object.entries(document)) {
    const entry = readEntry(raw ?? {}, members);
    if (!entry) return undefined;
    entries.push([registry, entry]);
  }
  return entries;
}

function readEntry(raw: unknown, members: readonly string[]): Record<string, string> | undefined {
  if (!isObject(raw)) return undefined;
  const entry: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    // Go matches members without regard to case.
    const member = name.toLowerCase();
    if (!members.includes(member) || value === null) continue;
    if (typeof value !== 'string') return undefined;
    entry[member] = value;
  }
  return entry;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function plainLogins(entries: Entries): AgentLogins {
  const logins = entries.map(([registry, { username = '', password = '' }]) => ({
    registry: withoutScheme(registry),
    username,
    password,
  }));
  return { logins, warnings: [] };
}

function encodedLogins(entries: Entries): AgentLogins {
  const logins: AgentLogin[] = [];
  const warnings: string[] = [];
  for (const [registry, { auth = '' }] of entries) {
    const decoded = decodeStandard(auth);
    const at = decoded?.indexOf(':') ?? -1;
    if (decoded === undefined) warnings.push(`Malformed auth data for registry ${registry}`);
    else if (at < 0) warnings.push(`Malformed auth data for registry ${registry}; must contain ':'`);
    else {
      const login = { username: decoded.slice(0, at), password: decoded.slice(at + 1) };
      logins.push({ registry: withoutScheme(registry), ...login });
    }
  }
  return { logins, warnings };
}

/** Go's StdEncoding: the standard alphabet with padding, line ends passed over. */
function decodeStandard(text: string): string | undefined {
  const packed = text.replace(/[\r\n]/g, '');
  const isStandard = packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
  return isStandard ? Buffer.from(packed, 'base64').toString('utf8') : undefined;
}

const withoutScheme = (key: string): string => key.replace(/^https?:\/\//, '');
