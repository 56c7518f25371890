import { request } from 'node:http';
import { ListClustersCommand } from '@aws-sdk/client-ecs';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
} from '@aws-sdk/client-secrets-manager';
import { AwsFault, type Operation } from '../../../sandbox/aws/operation.ts';
import { type AwsServer, startAwsServer } from '../../../sandbox/aws/server.ts';
import { createHandClock } from './hand-clock.ts';
import { failureOf, type sdkClients } from './sdk-clients.ts';
import { secretsService, startStandIn } from './start-stand-in.ts';

let server: AwsServer;
let warnings: string[];

afterEach(() => server.close());

describe('refusing', () => {
  test('refuses an operation it does not have, and says so once on stderr', async () => {
    const { secrets, ecs } = await start({});
    for (let times = 0; times < 2; times += 1) {
      const failure = await failureOf(secrets.send(new ListSecretsCommand({})));
      expect(failure.name).toBe('UnknownOperationException');
    }
    expect((await failureOf(ecs.send(new ListClustersCommand({})))).name).toBe('UnknownOperationException');
    expect(warnings).toEqual([
      'AWS stand-in: secretsmanager:ListSecrets was asked for and is not in it',
      'AWS stand-in: ecs:ListClusters was asked for and is not in it',
    ]);
  });

  test.each([
    ['a member of the wrong type', '{"SecretId":1}', 'SerializationException', '$.SecretId'],
    ['a missing member', '{}', 'ValidationException', '$.SecretId'],
    ['a member AWS does not know', '{"SecretId":"a","Secretid":"b"}', 'ValidationException', '$.Secretid'],
    ['a body that is not JSON', '{"SecretId":', 'SerializationException', 'not valid JSON'],
  ])('refuses %s and names it', async (_what, body, type, says) => {
    await start({ DescribeSecret: () => ({}) });
    const answer = await post(body, { 'x-amz-target': 'secretsmanager.DescribeSecret' });
    expect(answer).toMatchObject({ status: 400, errorType: type });
    expect(JSON.parse(answer.body)).toMatchObject({ __type: type, Message: expect.stringContaining(says) });
  });

  test('keeps what it could not read in the record', async () => {
    await start({ DescribeSecret: () => ({}) });
    await post('{"SecretId":', { 'x-amz-target': 'secretsmanager.DescribeSecret' });
    expect(server.calls[0]?.input).toEqual({ unreadable: '{"SecretId":' });
  });

  test('reads null as absent, as AWS does', async () => {
    await start({ DescribeSecret: () => ({}) });
    const body = '{"SecretId":"a","Nothing":null}';
    expect((await post(body, { 'x-amz-target': 'secretsmanager.DescribeSecret' })).status).toBe(200);
  });

  test('refuses a request for another host, so that no page reaches it by a rebound name', async () => {
    await start({ DescribeSecret: () => ({}) });
    const target = { 'x-amz-target': 'secretsmanager.DescribeSecret' };
    expect((await post('{"SecretId":"a"}', { ...target, host: 'evil.example' })).status).toBe(403);
    expect(server.calls).toEqual([]);
  });

  test('refuses a body above its cap', async () => {
    await start({ DescribeSecret: () => ({}) });
    const body = JSON.stringify({ SecretId: 'x'.repeat(1024 * 1024) });
    expect((await post(body, { 'x-amz-target': 'secretsmanager.DescribeSecret' })).status).toBe(413);
  });
});

describe('holding itself to the SDK’s schemas', () => {
  test.each([
    ['a misspelt member', { name: 'x' }, '$.name not a member of DescribeSecretResponse'],
    ['a wrong type', { CreatedDate: '2026' }, '$.CreatedDate should be a number, is a string'],
    ['a value outside an enum', { ReplicationStatus: [{ Status: 'Fine' }] }, '$.ReplicationStatus[0].Status'],
  ])('calls %s in an answer its own defect', async (_what, output, says) => {
    const { secrets } = await start({ DescribeSecret: () => output });
    const failure = await failureOf(secrets.send(new DescribeSecretCommand({ SecretId: 'x' })));
    expect(failure.message).toContain(says);
    expect(server.problems).toEqual([expect.stringContaining(says)]);
    expect(warnings).toHaveLength(1);
  });

  test('calls an error with unknown members its own defect', async () => {
    const { secrets } = await start({
      GetSecretValue: () => {
        throw new AwsFault('ResourceNotFoundException', 'gone', 400, { resource: 'x' });
      },
    });
    await failureOf(secrets.send(new GetSecretValueCommand({ SecretId: 'x' })));
    expect(server.problems).toEqual([expect.stringContaining('$.resource not a member')]);
  });

  test('calls a thrown error its own defect, and answers 500', async () => {
    const { secrets } = await start({
      DescribeSecret: () => {
        throw new TypeError('a bug');
      },
    });
    const failure = await failureOf(secrets.send(new DescribeSecretCommand({ SecretId: 'x' })));
    expect(failure).toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    expect(server.problems).toEqual([expect.stringContaining('a bug')]);
  });

  test('will not start with an operation the SDK has not', async () => {
    await start({});
    const invented = startAwsServer({
      clock: createHandClock(),
      services: [secretsService({ Invent: () => ({}) })],
    });
    await expect(invented).rejects.toThrow('Not operations of secretsmanager: Invent');
  });

  test('will not start with a service it has no schemas for', async () => {
    await start({});
    const services = [{ target: 'AmazonSQS', operations: {} }];
    await expect(startAwsServer({ clock: createHandClock(), services })).rejects.toThrow('AmazonSQS');
  });
});

async function start(operations: Record<string, Operation>): Promise<ReturnType<typeof sdkClients>> {
  const started = await startStandIn([secretsService(operations)]);
  ({ server, warnings } = started);
  return started.clients;
}

/** A request past the SDK; fetch would not let the Host header be set. */
function post(
  body: string,
  headers: Record<string, string>,
): Promise<{ status: number; errorType: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(server.url, { method: 'POST', headers }, (response) => {
      let answer = '';
      response.on('data', (chunk) => {
        answer += chunk;
      });
      const errorType = response.headers['x-amzn-errortype']?.toString();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, errorType, body: answer }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
