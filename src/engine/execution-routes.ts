import type { ErrorObject } from '@aws/durable-execution-sdk-js';
import * as z from 'zod';
import type { DurableEngine } from './engine.ts';
import { type ExecutionRow, functionArnOf } from './execution-row.ts';
import { LambdaFault } from './fault.ts';
import { readFunctionReference, versionOf } from './function-reference.ts';
import { type Answer, type LambdaRequest, parseBody } from './http-answer.ts';

/** GetDurableExecution. */
export function getExecution(engine: DurableEngine, arn: string, query: URLSearchParams): Answer {
  const row = engine.get(arn);
  const withData = query.get('IncludeExecutionData') !== 'false';
  return {
    status: 200,
    body: {
      ...summary(row),
      Version: row.version,
      ExecutionDataIncluded: withData,
      ...(withData && { InputPayload: row.payload, Result: row.result, Error: row.error }),
    },
  };
}

/** StopDurableExecution; the body is the error the execution ends with, or nothing. */
export function stopExecution(engine: DurableEngine, arn: string, request: LambdaRequest): Answer {
  const endedAt = engine.stop(arn, readError(request));
  return { status: 200, body: { StopTimestamp: seconds(endedAt) } };
}

/**
 * ListDurableExecutionsByFunction: newest first, by qualifier, name, status and start, paged.
 * @throws {LambdaFault} InvalidParameterValueException for a marker or a MaxItems that is none.
 */
export function listExecutions(engine: DurableEngine, named: string, query: URLSearchParams): Answer {
  const { name: functionName, qualifier } = readFunctionReference(named, query.get('Qualifier'));
  if (!engine.has(functionName))
    throw new LambdaFault('ResourceNotFoundException', `Function not found: ${named}`, 404);
  const limit = readLimit(query.get('MaxItems'));
  const rows = engine.list({
    functionName,
    version: qualifier && versionOf(qualifier),
    name: query.get('DurableExecutionName') ?? undefined,
    statuses: query.getAll('Statuses'),
    startedAfter: readInstant(query.get('StartedAfter')),
    startedBefore: readInstant(query.get('StartedBefore')),
    oldestFirst: query.get('ReverseOrder') === 'true',
    after: readMarker(query.get('Marker')),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const NextMarker = last && Buffer.from(`n:${last.number}`).toString('base64');
  return { status: 200, body: { DurableExecutions: page.map(summary), NextMarker } };
}

const errorObject = z.object({
  ErrorMessage: z.string().optional(),
  ErrorType: z.string().optional(),
  ErrorData: z.string().optional(),
  StackTrace: z.array(z.string()).optional(),
});

/** The error a request carries, undefined for an empty body. @throws {LambdaFault} InvalidRequestContentException. */
export function readError(request: LambdaRequest): ErrorObject | undefined {
  if (request.body === '') return undefined;
  const parsed = errorObject.safeParse(parseBody(request));
  if (!parsed.success)
    throw new LambdaFault('InvalidRequestContentException', 'The body is not an error object.');
  return parsed.data;
}

function summary(row: ExecutionRow): Record<string, unknown> {
  return {
    DurableExecutionArn: row.arn,
    DurableExecutionName: row.name,
    FunctionArn: functionArnOf(row),
    Status: row.status,
    StartTimestamp: seconds(row.startedAt),
    EndTimestamp: seconds(row.endedAt),
  };
}

function seconds(instant: number | undefined): number | undefined {
  return instant === undefined ? undefined : instant / 1000;
}

function readLimit(text: string | null): number {
  const limit = text === null ? 100 : Number(text);
  if (Number.isInteger(limit) && limit >= 0 && limit <= 1000) return limit || 100;
  throw new LambdaFault('InvalidParameterValueException', 'MaxItems is not valid.');
}

function readInstant(text: string | null): number | undefined {
  if (text === null) return undefined;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new LambdaFault('InvalidParameterValueException', `"${text}" is no time.`);
  return instant;
}

function readMarker(text: string | null): number | undefined {
  if (text === null) return undefined;
  const [, number] = /^n:(\d+)$/.exec(Buffer.from(text, 'base64').toString()) ?? [];
  if (!number) throw new LambdaFault('InvalidParameterValueException', 'Marker is not valid.');
  return Number(number);
}
