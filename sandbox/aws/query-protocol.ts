import type { NormalizedSchema } from '@smithy/core/schema';
import type { Answer } from './answer.ts';
import { errorSchema, type ServiceModel } from './models.ts';
import type { AwsFault, WireObject } from './operation.ts';
import { isRecord } from './shapes.ts';

/** What a form of the AWS query protocol asks for. */
export function readForm(body: string): { operation: string; version: string; form: URLSearchParams } {
  const form = new URLSearchParams(body);
  return { operation: form.get('Action') ?? '', version: form.get('Version') ?? '', form };
}

/** `ActionNames.member.1=…` unfolded into an object by the operation's own input schema. */
export function readQuery(schema: NormalizedSchema, form: URLSearchParams): WireObject {
  const known = new Map([...form].filter(([name]) => name !== 'Action' && name !== 'Version'));
  const input = readStruct(schema, known, '');
  // What no schema member took would be lost without a word, so it stays in, for the shape check to refuse.
  return { ...Object.fromEntries(known), ...input };
}

/** What frames an answer of the query protocol. */
export interface QueryFrame {
  readonly model: ServiceModel;
  readonly operation: string;
  readonly schema: NormalizedSchema;
  readonly requestId: string;
}

/** A successful answer of the query protocol. */
export function queryOutput({ model, operation, schema, requestId }: QueryFrame, output: WireObject): Answer {
  const result = element(`${operation}Result`, writeValue(schema, output));
  const metadata = element('ResponseMetadata', element('RequestId', requestId));
  const xmlns = `https://${model.name}.amazonaws.com/doc/${model.version}/`;
  return xml(200, `<${operation}Response xmlns="${xmlns}">${result}${metadata}</${operation}Response>`);
}

/** An error of the query protocol, whose codes lack the `Exception` of the classes: NoSuchEntity, Throttling. */
export function queryFault(model: ServiceModel, fault: AwsFault, requestId: string): Answer {
  const named: unknown = errorSchema(model, fault.type)?.getMergedTraits().awsQueryError;
  const code = Array.isArray(named) ? String(named[0]) : fault.type.replace(/Exception$/, '');
  const type = element('Type', fault.status < 500 ? 'Sender' : 'Receiver');
  const error = type + element('Code', escapeXml(code)) + element('Message', escapeXml(fault.message));
  return xml(
    fault.status,
    element('ErrorResponse', element('Error', error) + element('RequestId', requestId)),
  );
}

/** Takes what it reads out of `form`. */
function readStruct(schema: NormalizedSchema, form: Map<string, string>, prefix: string): WireObject {
  const struct: WireObject = {};
  if (schema.isUnitSchema()) return struct;
  for (const [name, member] of schema.structIterator()) {
    const value = readMember(member, form, `${prefix}${name}`);
    if (value !== undefined) struct[name] = value;
  }
  return struct;
}

function readMember(schema: NormalizedSchema, form: Map<string, string>, name: string): unknown {
  const isThere = [...form.keys()].some((key) => key === name || key.startsWith(`${name}.`));
  if (!isThere) return undefined;
  if (schema.isListSchema()) return readList(schema.getValueSchema(), form, `${name}.member.`);
  if (schema.isStructSchema()) return readStruct(schema, form, `${name}.`);
  const text = form.get(name) ?? '';
  form.delete(name);
  if (schema.isNumericSchema()) return Number(text);
  return schema.isBooleanSchema() ? text === 'true' : text;
}

function readList(schema: NormalizedSchema, form: Map<string, string>, prefix: string): unknown[] {
  const list: unknown[] = [];
  for (let index = 1; ; index += 1) {
    const value = readMember(schema, form, `${prefix}${index}`);
    if (value === undefined) return list;
    list.push(value);
  }
}

/** The inner XML of a value; an object's members in the order of its schema. */
function writeValue(schema: NormalizedSchema, value: unknown): string {
  if (schema.isListSchema() && Array.isArray(value)) {
    return value.map((one) => element('member', writeValue(schema.getValueSchema(), one))).join('');
  }
  if (schema.isMapSchema() && isRecord(value)) {
    const entry = ([key, one]: [string, unknown]) =>
      element(
        'entry',
        element('key', escapeXml(key)) + element('value', writeValue(schema.getValueSchema(), one)),
      );
    return Object.entries(value).map(entry).join('');
  }
  if (schema.isUnitSchema()) return '';
  if (schema.isStructSchema() && isRecord(value)) {
    return [...schema.structIterator()]
      .filter(([name]) => value[name] !== undefined)
      .map(([name, member]) => element(name, writeValue(member, value[name])))
      .join('');
  }
  return escapeXml(String(value));
}

const element = (name: string, inner: string): string => `<${name}>${inner}</${name}>`;

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const xml = (status: number, body: string): Answer => ({ status, contentType: 'text/xml', body });
