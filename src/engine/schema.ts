import type { SQLOutputValue } from 'node:sqlite';
import type { OpenCallback } from './callbacks.ts';
import type { ExecutionRow, ExecutionStatus } from './execution-row.ts';

/** The engine's tables. `number` is the order of starting; an operation's rowid the order of first appearance. */
export const schema = `
  create table if not exists executions(
    number integer primary key autoincrement, arn text not null unique, functionName text not null,
    version text not null, name text not null, payload text not null, status text not null,
    result text, error text, startedAt integer not null, endedAt integer, timeoutSeconds integer not null,
    operations integer not null, bytes integer not null, unique(functionName, name));
  create index if not exists executionsByStatus on executions(status);
  create table if not exists operations(
    arn text not null, id text not null, body text not null, primary key(arn, id));
  create table if not exists callbacks(
    id text primary key, arn text not null, operationId text not null, open integer not null,
    expiresAt integer, heartbeatAt integer, heartbeatSeconds integer);
  create index if not exists callbacksByExecution on callbacks(arn, open);`;

export type Columns = Record<string, SQLOutputValue>;

export function executionFrom(columns: Columns): ExecutionRow & { number: number } {
  return {
    number: Number(columns.number),
    arn: String(columns.arn),
    functionName: String(columns.functionName),
    version: String(columns.version),
    name: String(columns.name),
    payload: String(columns.payload),
    // The column is only ever written from a value of this type.
    status: columns.status as ExecutionStatus,
    result: textFrom(columns.result),
    error: columns.error == null ? undefined : JSON.parse(String(columns.error)),
    startedAt: Number(columns.startedAt),
    endedAt: numberFrom(columns.endedAt),
    timeoutSeconds: Number(columns.timeoutSeconds),
    usage: { operations: Number(columns.operations), bytes: Number(columns.bytes) },
  };
}

export function callbackFrom(columns: Columns): OpenCallback {
  return {
    id: String(columns.id),
    operationId: String(columns.operationId),
    expiresAt: numberFrom(columns.expiresAt),
    heartbeatAt: numberFrom(columns.heartbeatAt),
    heartbeatSeconds: numberFrom(columns.heartbeatSeconds),
  };
}

function numberFrom(value: SQLOutputValue | undefined): number | undefined {
  return value == null ? undefined : Number(value);
}

function textFrom(value: SQLOutputValue | undefined): string | undefined {
  return value == null ? undefined : String(value);
}
