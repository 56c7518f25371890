import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { DescribeSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { AwsServer } from '../../../sandbox/aws/server.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';
import { failureOf, sdkClients } from './sdk-clients.ts';
import { startStandIn } from './start-stand-in.ts';

let clock: HandClock;
let server: AwsServer;
let puts: number;

beforeEach(async () => {
  clock = createHandClock();
  puts = 0;
  const describeServices = () => ({ services: [], failures: [] });
  const started = await startStandIn(
    [
      {
        target: 'secretsmanager',
        operations: {
          DescribeSecret: () => ({}),
          PutSecretValue: () => {
            puts += 1;
            return {};
          },
        },
      },
      { target: 'AmazonEC2ContainerServiceV20141113', operations: { DescribeServices: describeServices } },
    ],
    { clock },
  );
  server = started.server;
});

afterEach(() => server.close());

test.each([
  ['throttle', 'ThrottlingException', 400],
  ['too-many-requests', 'TooManyRequestsException', 429],
  ['server-error', 'ServerException', 500],
  ['expired-token', 'ExpiredTokenException', 400],
  ['access-denied', 'AccessDeniedException', 400],
] as const)('%s answers %s with status %i and is recorded so', async (kind, name, status) => {
  server.faults.add({ kind });
  expect(await failureOf(describeSecret())).toMatchObject({ name, $metadata: { httpStatusCode: status } });
  expect(server.calls).toMatchObject([{ status, fault: name, input: { SecretId: 'a' } }]);
});

test('a 502 with an HTML body reaches the caller with no AWS name', async () => {
  server.faults.add({ kind: 'html-502' });
  const failure = await failureOf(describeSecret());
  expect(failure).toMatchObject({ $metadata: { httpStatusCode: 502 } });
  expect(failure.name).not.toMatch(/Exception$/);
});

test('the next n requests are throttled and the SDK’s own retries get through', async () => {
  server.faults.add({ kind: 'server-error', next: 2 });
  const { secrets } = sdkClients(server.url, { maxAttempts: 3 });
  await secrets.send(new DescribeSecretCommand({ SecretId: 'a' }));
  expect(server.calls.map(({ status }) => status)).toEqual([500, 500, 200]);
  expect(server.faults.rules()).toEqual([]);
});

test('every k-th request fails, again and again', async () => {
  server.faults.add({ kind: 'throttle', every: 3 });
  for (let times = 0; times < 6; times += 1) await describeSecret().catch(() => {});
  expect(server.calls.map(({ status }) => status)).toEqual([200, 200, 400, 200, 200, 400]);
});

test('a fault for one operation or service leaves the others alone', async () => {
  server.faults.add({ kind: 'throttle', operation: 'PutSecretValue' });
  server.faults.add({ kind: 'throttle', service: 'ecs' });
  await describeSecret();
  await failureOf(putSecret());
  await failureOf(describeServices());
  expect(server.calls.map(({ status }) => status)).toEqual([200, 400, 400]);
});

test('a reset cuts the connection before anything is done', async () => {
  server.faults.add({ kind: 'reset', next: 1 });
  expect((await failureOf(putSecret())).message).toContain('socket hang up');
  expect(puts).toBe(0);
  expect(server.calls).toMatchObject([{ operation: 'PutSecretValue', status: 0 }]);
});

test('a lost answer cuts the connection when the operation is done', async () => {
  server.faults.add({ kind: 'lost-answer', next: 1 });
  expect((await failureOf(putSecret())).message).toContain('socket hang up');
  expect(puts).toBe(1);
});

test('a slow answer comes when the sandbox’s clock has moved that far', async () => {
  server.faults.add({ kind: 'slow', ms: 5000 });
  let isAnswered = false;
  const call = describeSecret().then(() => {
    isAnswered = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isAnswered).toBe(false);
  clock.advance(5000);
  await call;
});

test('clear takes every fault back', async () => {
  server.faults.add({ kind: 'throttle' });
  server.faults.limitRates(true);
  server.faults.clear();
  await describeSecret();
  expect(server.faults.rules()).toEqual([]);
});

test('rate limits throttle what exceeds AWS’s burst and let it through again as time passes', async () => {
  server.faults.limitRates(true);
  await Promise.all(Array.from({ length: 50 }, putSecret));
  expect(await failureOf(putSecret())).toMatchObject({ name: 'ThrottlingException' });
  clock.advance(20);
  await putSecret();
  expect(puts).toBe(51);
});

test('rate limits keep a bucket for each group of operations', async () => {
  server.faults.limitRates(true);
  await Promise.all(Array.from({ length: 100 }, describeServices));
  await failureOf(describeServices());
  await putSecret();
  clock.advance(1000);
  const again = await Promise.allSettled(Array.from({ length: 25 }, describeServices));
  expect(again.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
});

const describeSecret = () =>
  sdkClients(server.url).secrets.send(new DescribeSecretCommand({ SecretId: 'a' }));

const putSecret = () =>
  sdkClients(server.url).secrets.send(new PutSecretValueCommand({ SecretId: 'a', SecretString: 'x' }));

const describeServices = () =>
  sdkClients(server.url).ecs.send(new DescribeServicesCommand({ services: ['a'] }));
