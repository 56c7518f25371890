import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { createLedger, documentClient } from '../../src/records/ledger.ts';
import { tableDefinition } from '../../src/records/table.ts';
import type { Clock } from '../../src/rotation/ports.ts';
import type { ConsumerRecord } from '../../src/rotation/rules/consumer.ts';
import type { Rotation } from '../../src/rotation/rules/rotation.ts';

export const tableName = 'ecs-rotate-test';

export interface TestTable {
  readonly client: DynamoDBDocumentClient;
  close(): Promise<void>;
}

/** A fresh table on an in-memory dynalite of its own. */
export async function openTable(): Promise<TestTable> {
  const server: Server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server's address is never a path or null.
  const { port } = server.address() as AddressInfo;
  const dynamo = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await dynamo.send(new CreateTableCommand(tableDefinition(tableName)));
  return {
    client: documentClient(dynamo),
    close: () => {
      dynamo.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A clock that stands still until `time.now` is set; what is slept is not waited for. */
export function standingClock(start = 1_700_000_000_000): { now: number; clock: Clock } {
  const time = {
    now: start,
    clock: { now: () => time.now, after: () => () => {}, sleep: () => Promise.resolve() },
  };
  return time;
}

export function ledgerOn(client: DynamoDBDocumentClient, clock: Clock) {
  return createLedger({ client, tableName, clock });
}

export function rotationOf(changes: Partial<Rotation> = {}): Rotation {
  return {
    registry: 'ghcr.io',
    id: '7K2M9',
    schema: 1,
    rev: 0,
    ask: {
      by: 'U1',
      at: 1_700_000_000_000,
      channel: 'C1',
      why: 'planned',
      redeploy: 'all',
      entry: 'here',
      userName: 'acme-pull',
    },
    credentials: [],
    state: { phase: 'checking', since: 1_700_000_000_000, round: 1 },
    approvals: [],
    generation: 1,
    ...changes,
  };
}

/** The same rotation, ended at `at`. */
export function ended(rotation: Rotation, at: number, by = 'U9'): Rotation {
  return {
    ...rotation,
    state: { phase: 'closed', outcome: 'cancelled', because: 'replaced', by, at, left: [] },
  };
}

export function recordOf(name: string, changes: Partial<ConsumerRecord> = {}): ConsumerRecord {
  return {
    consumer: {
      kind: 'task-definition',
      id: `prod//${name}`,
      target: 'prod',
      stage: 'production',
      name,
      taskDefinition: `arn:aws:ecs:eu-west-1:111122223333:task-definition/${name}:1`,
      images: [{ container: 'app', image: `ghcr.io/acme/${name}:1`, credentialId: 'arn:secret' }],
    },
    planned: { action: 'leave-out', because: 'next-start' },
    progress: { is: 'not-started' },
    verdict: { is: 'unproven', because: 'next-start' },
    ...changes,
  };
}
