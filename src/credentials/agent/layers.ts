/**
 * Where type and data come from: the environment that ecs-init makes of two files, then the JSON config file, then
 * JSON user data, each filling the fields that are still empty (agent/config/config.go, NewConfig and Merge).
 */
import { objectIn, rawField, textField } from './go-json.ts';
import { type ConfigLine, linesOf, type Setting, settingsIn, trimBlanks } from './lines.ts';
import type { Problem, ProblemName, Source } from './problems.ts';

/** Texts of the places beneath ecs.config. Leave out what the host has not. */
export interface Beneath {
  /** /var/lib/ecs/ecs.config */
  readonly varLib?: string;
  /** /etc/ecs/ecs.config.json */
  readonly jsonConfig?: string;
  /** The instance's user data, decoded. The agent reads it only where it is JSON as a whole. */
  readonly userData?: string;
}

export const TYPE = 'ECS_ENGINE_AUTH_TYPE';
export const DATA = 'ECS_ENGINE_AUTH_DATA';

export interface Field {
  readonly value: string;
  readonly source: Source;
  /** For the two files of lines. */
  readonly line?: number;
}

export interface Layers {
  /** As the agent has them: the type trimmed. Undefined where no place gives one. */
  readonly type?: Field;
  readonly data?: Field;
  /** The agent refuses its configuration and does not start. */
  readonly broken: boolean;
  readonly problems: readonly Problem[];
}

/** Finds the type and the data the agent would start with. */
export function chooseLayers(lines: readonly ConfigLine[], beneath: Beneath): Layers {
  const environment = readEnvironment(settingsIn(lines), settingsIn(linesOf(beneath.varLib ?? '')));
  const elsewhere = isConfigElsewhere(environment.configPath);
  const json = elsewhere ? {} : readJsonConfig(beneath.jsonConfig ?? '');
  const user = readUserData(beneath.userData ?? '');
  const type = [environment.type, json.type, user.type].find(isFilled);
  const data = [environment.data, json.data, user.data].find(isFilled);
  const others = [environment.hiddenData, json.data, user.data].filter(isFilled);
  return {
    ...(type && { type: { ...type, value: trimBlanks(type.value) } }),
    ...(data && { data }),
    broken: json.problem !== undefined,
    problems: [
      ...(elsewhere ? [placed('json-config-elsewhere', environment.configPath)] : []),
      ...[json.problem, user.problem].filter((problem) => problem !== undefined),
      ...others.filter((other) => other !== data).map((other) => placed('hides-another', other)),
    ],
  };
}

interface Environment {
  readonly type?: Field;
  readonly data?: Field;
  /** A line of /var/lib that one of ecs.config hides, be that one empty. */
  readonly hiddenData?: Field;
  readonly configPath?: Field;
}

function readEnvironment(own: readonly Setting[], varLib: readonly Setting[]): Environment {
  const all = (name: string): Field[] => [
    ...lastOf(own, name, 'ecs.config'),
    ...lastOf(varLib, name, 'var-lib'),
  ];
  const [type] = all(TYPE);
  const [configPath] = all('ECS_AGENT_CONFIG_FILE_PATH');
  const [data, hiddenData] = all(DATA);
  return {
    ...(type && { type }),
    ...(data && { data }),
    ...(hiddenData && { hiddenData }),
    ...(configPath && { configPath }),
  };
}

function lastOf(settings: readonly Setting[], name: string, source: Source): Field[] {
  const last = settings.findLast((setting) => setting.name === name);
  return last ? [{ value: last.value, source, line: last.line }] : [];
}

/** ecs-init names the file to the agent, and a line of ecs.config can name another. */
function isConfigElsewhere(path: Field | undefined): path is Field {
  return path !== undefined && path.value !== '/etc/ecs/ecs.config.json';
}

interface JsonLayer {
  readonly type?: Field;
  readonly data?: Field;
  readonly problem?: Problem;
}

/** A fault in this file, even in a member that is not ours, keeps the agent from starting. We see ours only. */
function readJsonConfig(text: string): JsonLayer {
  if (trimBlanks(text) === '') return {};
  return (
    readConfigObject(text, 'json-config') ?? {
      problem: { name: 'json-config-broken', source: 'json-config' },
    }
  );
}

/** Anything but JSON is an ordinary script and no fault. */
function readUserData(text: string): JsonLayer {
  const members = objectIn(text);
  const inner = members && rawField(members, 'ECSAgentConfiguration');
  if (!inner) return {};
  return (
    readConfigObject(inner, 'user-data') ?? { problem: { name: 'user-data-ignored', source: 'user-data' } }
  );
}

/** Undefined where the object is none, or its type is no text. */
function readConfigObject(text: string, source: Source): JsonLayer | undefined {
  const members = objectIn(text);
  if (members === null) return {};
  const type = members && textField(members, 'EngineAuthType');
  if (!members || type?.is !== 'text') return undefined;
  const data = rawField(members, 'EngineAuthData');
  return { type: { value: type.text, source }, ...(data !== undefined && { data: { value: data, source } }) };
}

function isFilled(field: Field | undefined): field is Field {
  return field !== undefined && field.value !== '';
}

function placed(name: ProblemName, { source, line }: Field): Problem {
  return { name, source, ...(line !== undefined && { line }) };
}
