import {
  GetDurableExecutionCommand,
  InvokeCommand,
  ListDurableExecutionsByFunctionCommand,
  ListFunctionsCommand,
  paginateListDurableExecutionsByFunction,
  SendDurableExecutionCallbackFailureCommand,
  SendDurableExecutionCallbackHeartbeatCommand,
  SendDurableExecutionCallbackSuccessCommand,
  StopDurableExecutionCommand,
} from '@aws-sdk/client-lambda';
import { type LambdaServer, startLambdaServer } from './lambda-server.ts';

let server: LambdaServer;

beforeEach(async () => {
  server = await startLambdaServer();
});

afterEach(() => server.close());

describe('callbacks', () => {
  test('a success reaches the workflow, a second one is too late', async () => {
    const CallbackId = await server.callbackOf('ann');
    const succeed = () =>
      server.lambda.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId, Result: 'yes' }));
    await succeed();
    const row = await server.ended('ann');
    expect(row).toMatchObject({ status: 'SUCCEEDED', result: '"yes"' });
    await expect(succeed()).rejects.toMatchObject({ name: 'CallbackTimeoutException' });
  });

  test('a failure is thrown in the workflow with its type and message', async () => {
    const CallbackId = await server.callbackOf('ann');
    const refusal = { ErrorType: 'Refused', ErrorMessage: 'not today' };
    await server.lambda.send(new SendDurableExecutionCallbackFailureCommand({ CallbackId, Error: refusal }));
    expect(await server.ended('ann')).toMatchObject({
      status: 'FAILED',
      error: { ErrorMessage: expect.stringContaining('not today') },
    });
  });

  test('a heartbeat puts the heartbeat timeout off', async () => {
    const CallbackId = await server.callbackOf('ann');
    server.clock.advance(50 * 60_000);
    await server.lambda.send(new SendDurableExecutionCallbackHeartbeatCommand({ CallbackId }));
    server.clock.advance(50 * 60_000);
    do await new Promise((later) => setTimeout(later, 5));
    while (server.engine.busy);
    expect(server.engine.getByName('ask', 'ann')?.status).toBe('RUNNING');
    server.clock.advance(11 * 60_000);
    expect(await server.ended('ann')).toMatchObject({
      status: 'FAILED',
      error: { ErrorMessage: expect.stringContaining('heartbeat') },
    });
  });

  test('an id that was never given out is not found, a malformed one is invalid', async () => {
    const succeed = (CallbackId: string) =>
      server.lambda.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId }));
    await expect(succeed('QUJD')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(succeed('not base64!')).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});

describe('executions', () => {
  test('GetDurableExecution gives input, result, status and times', async () => {
    const startedAt = server.clock.now();
    const { DurableExecutionArn } = await server.start('rot-1', { who: 'ann' });
    const get = (IncludeExecutionData?: boolean) =>
      server.lambda.send(new GetDurableExecutionCommand({ DurableExecutionArn, IncludeExecutionData }));
    expect(await get()).toMatchObject({
      DurableExecutionArn,
      DurableExecutionName: 'rot-1',
      FunctionArn: expect.stringMatching(/:function:ask:1$/),
      InputPayload: '{"who":"ann"}',
      Status: 'RUNNING',
      Version: '1',
      StartTimestamp: new Date(startedAt),
    });
    expect((await get(false)).InputPayload).toBeUndefined();
    server.clock.advance(90_000);
    await server.lambda.send(
      new StopDurableExecutionCommand({ DurableExecutionArn, Error: { ErrorMessage: 'enough' } }),
    );
    expect(await get()).toMatchObject({
      Status: 'STOPPED',
      Error: { ErrorMessage: 'enough' },
      EndTimestamp: new Date(startedAt + 90_000),
    });
  });

  test('StopDurableExecution tells when it ended, and says the same a second time', async () => {
    const { DurableExecutionArn } = await server.start('rot-1', { who: 'ann' });
    const stop = () => server.lambda.send(new StopDurableExecutionCommand({ DurableExecutionArn }));
    const first = await stop();
    server.clock.advance(5_000);
    expect((await stop()).StopTimestamp).toEqual(first.StopTimestamp);
    expect(server.engine.liveCount).toBe(0);
  });

  test('an execution that is not there is not found', async () => {
    const DurableExecutionArn =
      'arn:aws:lambda:us-east-1:000000000000:function:ask:1/durable-execution/none/none';
    await expect(
      server.lambda.send(new GetDurableExecutionCommand({ DurableExecutionArn })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('are listed by function, status, name and start, newest first', async () => {
    await server.start('a', { who: 'a' });
    server.clock.advance(1_000);
    const middle = new Date(server.clock.now());
    await server.start('b', { who: 'b' }, '$LATEST');
    server.clock.advance(1_000);
    await server.start('c', { who: 'c' });
    server.engine.stop(server.engine.getByName('ask', 'a')?.arn ?? '');
    await server.lambda.send(new InvokeCommand({ FunctionName: 'quick:1', InvocationType: 'Event' }));

    expect(await names({})).toEqual(['c', 'b', 'a']);
    expect(await names({ ReverseOrder: true })).toEqual(['a', 'b', 'c']);
    expect(await names({ Statuses: ['RUNNING'] })).toEqual(['c', 'b']);
    expect(await names({ Statuses: ['STOPPED', 'FAILED'] })).toEqual(['a']);
    expect(await names({ DurableExecutionName: 'b' })).toEqual(['b']);
    expect(await names({ Qualifier: '$LATEST' })).toEqual(['b']);
    expect(await names({ StartedAfter: middle })).toEqual(['c']);
    expect(await names({ StartedBefore: middle })).toEqual(['a']);
  });

  test('are listed page by page, each once', async () => {
    for (let i = 0; i < 7; i++) await server.start(`n${i}`, { who: `n${i}` });
    const forwards = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6'];
    expect(await pagesOf({})).toEqual([['n6', 'n5', 'n4'], ['n3', 'n2', 'n1'], ['n0']]);
    expect((await pagesOf({ ReverseOrder: true })).flat()).toEqual(forwards);
  });

  async function pagesOf(filter: object): Promise<(string | undefined)[][]> {
    const client = server.lambda;
    const pages: (string | undefined)[][] = [];
    const input = { FunctionName: 'ask', ...filter };
    for await (const page of paginateListDurableExecutionsByFunction({ client, pageSize: 3 }, input))
      pages.push((page.DurableExecutions ?? []).map((one) => one.DurableExecutionName));
    return pages;
  }

  async function names(filter: object): Promise<(string | undefined)[]> {
    const list = new ListDurableExecutionsByFunctionCommand({ FunctionName: 'ask', ...filter });
    return (await server.lambda.send(list)).DurableExecutions?.map((one) => one.DurableExecutionName) ?? [];
  }
});

test('a route that is not served answers 404', async () => {
  await expect(server.lambda.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    $metadata: { httpStatusCode: 404 },
  });
});
