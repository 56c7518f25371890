import type { NormalizedSchema } from '@smithy/core/schema';
import { enumValues } from './enums.ts';

/** One way in which a value differs from its schema. */
export interface ShapeProblem {
  readonly kind: 'unknown-member' | 'missing' | 'wrong-type' | 'not-in-enum';
  /** Where, such as `$.services[0].launchType`. */
  readonly path: string;
  readonly says: string;
}

/**
 * Holds a wire value (epoch seconds for times, base64 for blobs) to one of the SDK's own schemas.
 * The SDK drops members it does not know without a word, so a misspelt one would pass unseen otherwise.
 * Not in the schemas, hence not checked: lengths, patterns and ranges.
 */
export function shapeProblems(schema: NormalizedSchema, value: unknown, path = '$'): ShapeProblem[] {
  if (schema.isUnitSchema()) return structProblems(schema, value, path);
  if (schema.isDocumentSchema()) return [];
  if (schema.isStructSchema()) return structProblems(schema, value, path);
  if (schema.isListSchema()) return listProblems(schema, value, path);
  if (schema.isMapSchema()) return mapProblems(schema, value, path);
  return scalarProblems(schema, value, path);
}

/** Members that are null, taken out at every depth: AWS reads null as absent. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  const present = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(present.map(([name, member]) => [name, withoutNulls(member)]));
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function structProblems(schema: NormalizedSchema, value: unknown, path: string): ShapeProblem[] {
  if (!isRecord(value)) return [wrongType(path, 'structure', value)];
  const { name, members, required } = structFacts(schema);
  const problems: ShapeProblem[] = [];
  for (const key of Object.keys(value)) {
    if (!members.has(key)) {
      problems.push({ kind: 'unknown-member', path: `${path}.${key}`, says: `not a member of ${name}` });
    }
  }
  for (const key of required) {
    if (value[key] === undefined) {
      problems.push({ kind: 'missing', path: `${path}.${key}`, says: `required by ${name}` });
    }
  }
  for (const [key, member] of members) {
    if (value[key] === undefined) continue;
    problems.push(...shapeProblems(member, value[key], `${path}.${key}`));
    problems.push(...enumProblems(name, key, value[key], `${path}.${key}`));
  }
  return problems;
}

/** A static structure is the tuple [kind, namespace, name, traits, member names, schemas, how many are required]. */
function structFacts(schema: NormalizedSchema): {
  name: string;
  members: Map<string, NormalizedSchema>;
  required: string[];
} {
  const name = schema.getName() ?? 'Unit';
  if (schema.isUnitSchema()) return { name, members: new Map(), required: [] };
  const members = new Map(schema.structIterator());
  const raw: unknown = schema.getSchema();
  const count = Array.isArray(raw) && typeof raw[6] === 'number' ? raw[6] : 0;
  return { name, members, required: [...members.keys()].slice(0, count) };
}

function enumProblems(struct: string, member: string, value: unknown, path: string): ShapeProblem[] {
  const allowed = enumValues(struct, member);
  if (!allowed) return [];
  const values = Array.isArray(value) ? value : [value];
  return values
    .filter((one) => typeof one === 'string' && !allowed.includes(one))
    .map((one) => ({ kind: 'not-in-enum', path, says: `${one} is none of ${allowed.join(', ')}` }));
}

function listProblems(schema: NormalizedSchema, value: unknown, path: string): ShapeProblem[] {
  if (!Array.isArray(value)) return [wrongType(path, 'list', value)];
  const element = schema.getValueSchema();
  return value.flatMap((one, index) => shapeProblems(element, one, `${path}[${index}]`));
}

function mapProblems(schema: NormalizedSchema, value: unknown, path: string): ShapeProblem[] {
  if (!isRecord(value)) return [wrongType(path, 'map', value)];
  const element = schema.getValueSchema();
  return Object.entries(value).flatMap(([key, one]) => shapeProblems(element, one, `${path}.${key}`));
}

function scalarProblems(schema: NormalizedSchema, value: unknown, path: string): ShapeProblem[] {
  const wanted = wireType(schema);
  return wanted && typeof value !== wanted ? [wrongType(path, wanted, value)] : [];
}

function wireType(schema: NormalizedSchema): 'number' | 'boolean' | 'string' | undefined {
  if (schema.isTimestampSchema() || schema.isNumericSchema()) return 'number';
  if (schema.isBooleanSchema()) return 'boolean';
  return schema.isStringSchema() || schema.isBlobSchema() ? 'string' : undefined;
}

function wrongType(path: string, wanted: string, value: unknown): ShapeProblem {
  const got = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
  return { kind: 'wrong-type', path, says: `should be a ${wanted}, is a ${got}` };
}
