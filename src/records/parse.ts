import type * as z from 'zod';
import { RotateError } from '../errors.ts';

/** Holds a schema to our own type in both directions, so that neither can grow without the other. */
export function exactly<T>() {
  return <S extends z.ZodType<T>>(schema: S & (T extends z.infer<S> ? unknown : never)): z.ZodType<T> =>
    schema;
}

/**
 * An item's content as our own type. Members it has beyond that are kept: two versions of the code may work on one
 * record for days, and the older must not wipe what the newer wrote.
 * @throws {RotateError} `record-unknown-schema` where the form's number is another, `record-unreadable` where the
 * content is not as it should be. The problem names the place, never what stands there.
 */
export function parseRecord<T>(schema: z.ZodType<T>, record: string, content: unknown): T {
  const form = formOf(content);
  if (form !== undefined && form !== 1) {
    throw new RotateError('record-unknown-schema', { record, schema: String(form) });
  }
  const { error } = schema.safeParse(content);
  if (error) throw new RotateError('record-unreadable', { record, problem: problemOf(error) });
  // The schema, which transforms nothing, has just accepted it; its own copy would lack the further members.
  return content as T;
}

function formOf(content: unknown): unknown {
  return typeof content === 'object' && content !== null && 'schema' in content ? content.schema : undefined;
}

function problemOf({ issues }: z.ZodError): string {
  const [first] = issues;
  return first ? `${first.path.join('.') || 'the whole'} (${first.code})` : 'unknown';
}
