/**
 * What an edit of ecs.config must produce: the reference for the script that runs on the instance. Pure: texts in,
 * text out. docs/agent-logins.md says which line is edited and why.
 */
import type { Login } from '../../rotation/ports.ts';
import { isFormat, readEngineAuth } from './ecs-config.ts';
import { type AuthFormat, readEntries } from './entries.ts';
import { objectIn } from './go-json.ts';
import { hostOf, withoutScheme } from './keys.ts';
import { type Beneath, chooseLayers, DATA, type Layers, TYPE } from './layers.ts';
import { type ConfigLine, linesOf } from './lines.ts';
import { droppedMembers, keyToWrite, mergeDocument, toDockercfg } from './merge-document.ts';
import { type Source, tellable } from './problems.ts';
import { setLine } from './set-line.ts';
import { moreLinesOf } from './spanned-value.ts';

export interface MergeRequest {
  /** /etc/ecs/ecs.config; empty for one that is not there. */
  readonly text: string;
  readonly beneath?: Beneath;
  /** A host, or a host with a path where one namespace has a login of its own. */
  readonly registry: string;
  readonly login: Login;
  /** Turn a configuration of `docker` into one of `dockercfg`, all entries. Any other type becomes that anyway. */
  readonly turnToDockercfg?: boolean;
}

export const mergeSteps = [
  'data-replaced',
  'members-dropped',
  'copied-from-beneath',
  'turned-to-dockercfg',
  'type-set',
] as const;
/** What is done beside setting the entry, for whoever approves. */
export type MergeStep = (typeof mergeSteps)[number];

export const mergeRefusals = [
  'agent-would-not-start',
  'data-in-json',
  'never-used',
  'user-name-with-colon',
  'entry-cannot-turn',
] as const;
export type MergeRefusal = (typeof mergeRefusals)[number];

export type Merged = MergedText | MergeRefused;

export interface MergedText {
  readonly is: 'merged';
  /** It holds logins: write it to the file and nowhere else. */
  readonly text: string;
  readonly changed: boolean;
  readonly steps: readonly MergeStep[];
  /** Other keys that the agent passed over so far and would use from now on. Nobody has tried their logins. */
  readonly comeIntoForce: readonly string[];
}

export interface MergeRefused {
  readonly is: 'refused';
  readonly because: MergeRefusal;
  readonly key?: string;
  readonly source?: Source;
}

/** Sets one registry's login. Merging the same again changes nothing. */
export function mergeLogin(request: MergeRequest): Merged {
  const lines = linesOf(request.text);
  const layers = chooseLayers(lines, request.beneath ?? {});
  const plan = planMerge(request, layers);
  if ('is' in plan) return plan;
  const { key, before, after } = plan;
  const found = openData(lines, layers);
  const turned = before === 'docker' && after === 'dockercfg' ? turn(found.text) : { text: found.text };
  if ('stuck' in turned) return { is: 'refused', because: 'entry-cannot-turn', ...tellable(turned.stuck) };

  const data = mergeDocument(turned.text, key, request.login, after);
  const withData = setLine(found.lines, DATA, data);
  const text = before === after ? withData : setLine(linesOf(withData), TYPE, after);
  const steps = [...found.steps, ...stepsOf(turned.text, before, after)];
  return {
    is: 'merged',
    text,
    changed: text !== request.text,
    steps,
    comeIntoForce: newKeys(request, text, key),
  };
}

interface MergePlan {
  readonly key: string;
  readonly before: string;
  readonly after: AuthFormat;
}

function planMerge(
  { registry, login, turnToDockercfg = false }: MergeRequest,
  { broken, type, data }: Layers,
): MergePlan | MergeRefused {
  const key = keyToWrite(registry);
  if (key === undefined) return { is: 'refused', because: 'never-used', ...tellable(registry) };
  if (broken) return { is: 'refused', because: 'agent-would-not-start', source: 'json-config' };
  // These are other people's files: a line of our own would hide all they hold.
  if (data?.source === 'json-config' || data?.source === 'user-data') {
    return { is: 'refused', because: 'data-in-json', source: data.source };
  }
  const before = type?.value ?? '';
  const after = before === 'docker' && !turnToDockercfg ? 'docker' : 'dockercfg';
  const hasColon = after === 'dockercfg' && login.userName.includes(':');
  return hasColon ? { is: 'refused', because: 'user-name-with-colon' } : { key, before, after };
}

function newKeys({ text, beneath }: MergeRequest, merged: string, key: string): string[] {
  const before = readEngineAuth(text, beneath).registries;
  const own = [withoutScheme(key), hostOf(withoutScheme(key))];
  const after = readEngineAuth(merged, beneath).registries;
  return after.filter((one) => !before.includes(one) && !own.includes(one));
}

interface OpenedData {
  /** One JSON object, empty where there was none. */
  readonly text: string;
  /** Without the lines that belonged to the value. */
  readonly lines: readonly ConfigLine[];
  readonly steps: readonly MergeStep[];
}

/**
 * What the agent cannot parse was in force for nobody. It is not mended: a login in it that nobody has tried would come
 * into force, and one that has expired breaks pulls that work without a login today.
 */
function openData(lines: readonly ConfigLine[], { data }: Layers): OpenedData {
  if (data?.line === undefined) return { text: '{}', lines, steps: [] };
  if (data.source !== 'ecs.config') {
    return objectIn(data.value)
      ? { text: data.value, lines, steps: ['copied-from-beneath'] }
      : { text: '{}', lines, steps: ['data-replaced'] };
  }
  if (objectIn(data.value)) return { text: data.value, lines, steps: [] };
  const { line } = data;
  const more = moreLinesOf(lines, line - 1, data.value);
  const rest = lines.filter((_, index) => index < line || index >= line + more);
  return { text: '{}', lines: rest, steps: ['data-replaced'] };
}

function turn(text: string): ReturnType<typeof toDockercfg> {
  return toDockercfg(text, (member) => readEntries([member], 'docker').entries[0]?.login);
}

function stepsOf(text: string, before: string, after: AuthFormat): MergeStep[] {
  const dropped = droppedMembers(text, after).length > 0;
  return [
    ...(dropped ? (['members-dropped'] as const) : []),
    ...(before === after
      ? []
      : [isFormat(before) ? ('turned-to-dockercfg' as const) : ('type-set' as const)]),
  ];
}
