/**
 * What the ECS agent would make of a container instance's configuration (docs/agent-logins.md). A faithful port of
 * aws/amazon-ecs-agent 1.105: ecs-init reads the file, the agent picks type and data, then parses the data.
 */
import type { Login } from '../../rotation/ports.ts';
import { type AuthFormat, type Entry, readEntries } from './entries.ts';
import { columnOfFault, type GoMember, isJson, objectIn } from './go-json.ts';
import { findKeyProblems } from './key-problems.ts';
import { isEverUsed } from './keys.ts';
import { type Beneath, chooseLayers, type Field, type Layers } from './layers.ts';
import { findLineProblems } from './line-problems.ts';
import { type ConfigLine, linesOf } from './lines.ts';
import type { Problem, ProblemName } from './problems.ts';
import { isQuoted, moreLinesOf } from './spanned-value.ts';

export interface EngineAuth {
  /** `dockercfg`, `docker`, empty where none is given, `unknown` for a text that is not told, else as it stands. */
  readonly type: string;
  /** The keys the agent would use, scheme stripped, in the order of the data. */
  readonly registries: readonly string[];
  /** Keys the agent would take for their images and find no login under. `lookUpKey` needs them too. */
  readonly withoutLogin: readonly string[];
  /** By name, what it would pass over without saying so. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the text of /etc/ecs/ecs.config; throws nothing. Decode the file as UTF-8 and keep a byte order mark, which
 * spoils the first line. An empty `problems` means that every login there is used.
 */
export function readEngineAuth(text: string, beneath: Beneath = {}): EngineAuth {
  const { layers, entries, problems } = readConfig(text, beneath);
  const used = layers.broken ? [] : entries.filter(({ key }) => isEverUsed(key));
  const keysOf = (chosen: readonly Entry[]) => [...new Set(chosen.map(({ key }) => key))];
  const registries = keysOf(used.filter(({ login, token }) => login || token));
  return {
    type: tellableType(layers.type?.value ?? ''),
    registries,
    withoutLogin: keysOf(used).filter((key) => !registries.includes(key)),
    problems,
  };
}

/** The logins under the keys of `registries`, wrapped. Of keys that differ by scheme only, the last. */
export function readEngineLogins(text: string, beneath: Beneath = {}): ReadonlyMap<string, Login> {
  const { layers, entries } = readConfig(text, beneath);
  const used = layers.broken ? [] : entries.filter(({ key }) => isEverUsed(key));
  return new Map(used.flatMap(({ key, login }) => (login ? [[key, login] as const] : [])));
}

interface ReadConfig {
  readonly layers: Layers;
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
}

function readConfig(text: string, beneath: Beneath): ReadConfig {
  const lines = linesOf(text);
  const layers = chooseLayers(lines, beneath);
  const { entries, problems } = readData(lines, layers, beneath);
  return {
    layers,
    entries,
    problems: [...findLineProblems(lines, beneath), ...layers.problems, ...problems],
  };
}

function readData(lines: readonly ConfigLine[], { type, data }: Layers, beneath: Beneath): ReadData {
  const wrongType = typeProblem(type, data);
  if (wrongType) return nothing(wrongType);
  if (!isFormat(type?.value)) return { entries: [], problems: [] };
  if (!data) return nothing(at('data-missing', type));
  const members = objectIn(data.value);
  if (!members) {
    const own = data.source === 'var-lib' ? linesOf(beneath.varLib ?? '') : lines;
    return nothing(dataProblem(own, data));
  }
  return readMembers(members, type.value);
}

interface ReadData {
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
}

function readMembers(members: readonly GoMember[], format: AuthFormat): ReadData {
  const { entries, problems } = readEntries(members, format);
  return { entries, problems: [...problems, ...findKeyProblems(entries)] };
}

/** The agent says nothing of an empty type, and warns of any but its two. */
function typeProblem(type: Field | undefined, data: Field | undefined): Problem | undefined {
  const value = type?.value ?? '';
  if (isFormat(value)) return undefined;
  if (value === '') return data && at('type-empty', data);
  const bare = value.replace(/["']/g, '');
  if (bare !== value && isFormat(bare)) return at('type-quoted', type);
  return at(isFormat(bare.toLowerCase()) ? 'type-case' : 'type-unknown', type);
}

/** Why the data is no object of JSON. */
function dataProblem(lines: readonly ConfigLine[], data: Field): Problem {
  if (data.line === undefined)
    return at(data.value.startsWith('"') ? 'data-in-string' : 'data-not-object', data);
  if (moreLinesOf(lines, data.line - 1, data.value) > 0) return at('data-spans-lines', data);
  if (isQuoted(data.value)) return at('data-quoted', data);
  if (isJson(data.value)) return at('data-not-object', data);
  const column = columnOfFault(data.value);
  return { ...at('data-not-json', data), ...(column !== undefined && { column }) };
}

export function isFormat(type: string | undefined): type is AuthFormat {
  return type === 'docker' || type === 'dockercfg';
}

/** A login in the wrong line would be a type. */
function tellableType(type: string): string {
  return type === '' || /^["']?docker(?:cfg)?["']?$/i.test(type) ? type : 'unknown';
}

function nothing(problem: Problem): ReadData {
  return { entries: [], problems: [problem] };
}

function at(name: ProblemName, field: Field | undefined): Problem {
  const { source, line } = field ?? {};
  return { name, ...(source && { source }), ...(line !== undefined && { line }) };
}
