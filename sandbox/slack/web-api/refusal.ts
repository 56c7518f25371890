import type { Problem } from '../validator/check.ts';
import type { Workspace } from '../workspace.ts';

/** What a method was called with: JSON fields, or form fields with the JSON ones parsed. */
export type Arguments = Readonly<Record<string, unknown>>;

/** One Web API method. Returns what stands beside `ok: true`; throws a refusal. */
export type Method = (workspace: Workspace, args: Arguments) => Record<string, unknown>;

/** An answer with `ok: false`. */
export class ApiRefusal extends Error {
  readonly error: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(error: string, details: Readonly<Record<string, unknown>> = {}) {
    super(error);
    this.name = 'ApiRefusal';
    this.error = error;
    this.details = details;
  }
}

/** A text argument, or the refusal Slack has for its absence. */
export function need(args: Arguments, name: string, error = 'invalid_arguments'): string {
  const value = args[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new ApiRefusal(error, explain([{ pointer: `/${name}`, message: 'missing required field' }]));
}

/** @throws {ApiRefusal} with Slack's error and messages where the validator found problems. */
export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const error = problems.find((problem) => problem.error)?.error ?? 'invalid_blocks';
  throw new ApiRefusal(error, explain(problems));
}

function explain(problems: readonly Problem[]): Readonly<Record<string, unknown>> {
  const lines = problems.map(({ pointer, message }) => `${message} [json-pointer:${pointer}]`);
  return { errors: lines, response_metadata: { messages: lines.map((line) => `[ERROR] ${line}`) } };
}
