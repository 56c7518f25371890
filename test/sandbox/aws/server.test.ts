import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import {
  DescribeSecretCommand,
  ResourceNotFoundException,
  TagResourceCommand,
} from '@aws-sdk/client-secrets-manager';
import { AwsFault, type Operation } from '../../../sandbox/aws/operation.ts';
import type { AwsServer } from '../../../sandbox/aws/server.ts';
import { createHandClock } from './hand-clock.ts';
import { failureOf, type sdkClients } from './sdk-clients.ts';
import { secretsService, startStandIn } from './start-stand-in.ts';

let server: AwsServer;

afterEach(() => server.close());

test('gives the SDK the operation’s output, with epoch seconds read as a date', async () => {
  const { secrets } = await start({ DescribeSecret: () => ({ Name: 'ghcr', CreatedDate: 1.5 }) });
  const answer = await secrets.send(new DescribeSecretCommand({ SecretId: 'ghcr' }));
  expect(answer).toMatchObject({ Name: 'ghcr', CreatedDate: new Date(1500) });
  expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test('gives the SDK a modelled error as its class, with the message', async () => {
  const { secrets } = await start({
    DescribeSecret: () => {
      throw new AwsFault('ResourceNotFoundException', 'It is not there.');
    },
  });
  const failure = await failureOf(secrets.send(new DescribeSecretCommand({ SecretId: 'x' })));
  expect(failure).toBeInstanceOf(ResourceNotFoundException);
  expect(failure.message).toBe('It is not there.');
});

test('speaks the query protocol with XML to the IAM client', async () => {
  const asked: unknown[] = [];
  const { iam } = await startWith([
    {
      target: 'iam',
      operations: {
        SimulatePrincipalPolicy(input) {
          asked.push(input);
          const result = { EvalActionName: 'a&b', EvalDecision: 'allowed', MatchedStatements: [] };
          return { IsTruncated: true, Marker: '<2>', EvaluationResults: [result] };
        },
      },
    },
  ]);
  const input = {
    PolicySourceArn: 'arn:aws:iam::123456789012:role/x',
    ActionNames: ['s3:A', 's3:B'],
    ContextEntries: [{ ContextKeyName: 'k', ContextKeyValues: ['v'] }],
    MaxItems: 7,
  };
  const answer = await iam.send(new SimulatePrincipalPolicyCommand(input));
  expect(asked).toEqual([input]);
  expect(answer).toMatchObject({ IsTruncated: true, Marker: '<2>' });
  expect(answer.EvaluationResults).toMatchObject([{ EvalActionName: 'a&b', EvalDecision: 'allowed' }]);
});

test('records every call with its whole input, caller, status and error', async () => {
  const clock = createHandClock(1000);
  const { secrets } = await startWith([secretsService({ DescribeSecret: () => ({}) })], { clock });
  await secrets.send(new DescribeSecretCommand({ SecretId: 'ghcr' }));
  await failureOf(secrets.send(new TagResourceCommand({ SecretId: 'a', Tags: [{ Key: 'k', Value: 'v' }] })));
  expect(server.calls).toMatchObject([
    { at: 1000, service: 'secretsmanager', operation: 'DescribeSecret', status: 200, caller: 'AKIDTEST' },
    {
      operation: 'TagResource',
      input: { SecretId: 'a', Tags: [{ Key: 'k', Value: 'v' }] },
      status: 400,
      fault: 'UnknownOperationException',
    },
  ]);
  expect(server.calls[0]?.userAgent).toContain('aws-sdk-js');
});

test('asks IAM’s say before the operation runs', async () => {
  const run = jest.fn(() => ({}));
  const { secrets } = await startWith([secretsService({ DescribeSecret: run })], {
    authorize: ({ caller, input }) => new AwsFault('AccessDeniedException', `${caller} on ${input.SecretId}`),
  });
  const failure = await failureOf(secrets.send(new DescribeSecretCommand({ SecretId: 'x' })));
  expect(failure).toMatchObject({ name: 'AccessDeniedException', message: 'AKIDTEST on x' });
  expect(run).not.toHaveBeenCalled();
});

const start = (operations: Record<string, Operation>) => startWith([secretsService(operations)]);

async function startWith(...args: Parameters<typeof startStandIn>): Promise<ReturnType<typeof sdkClients>> {
  const started = await startStandIn(...args);
  server = started.server;
  return started.clients;
}
