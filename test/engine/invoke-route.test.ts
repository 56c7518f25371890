import { InvokeCommand } from '@aws-sdk/client-lambda';
import { type LambdaServer, startLambdaServer } from './lambda-server.ts';

let server: LambdaServer;

beforeEach(async () => {
  server = await startLambdaServer();
});

afterEach(() => server.close());

describe('Invoke of a durable function', () => {
  test('starts it under the given name and answers 202 with its ARN', async () => {
    const answer = await server.start('rot-1', { who: 'ann' });
    expect(answer.StatusCode).toBe(202);
    expect(answer.DurableExecutionArn).toMatch(
      /^arn:aws:lambda:us-east-1:\d{12}:function:ask:1\/durable-execution\/rot-1\/[a-zA-Z0-9_-]+$/,
    );
    expect(server.engine.getByName('ask', 'rot-1')?.status).toBe('RUNNING');
  });

  test('finds the same execution again, and refuses another input under its name', async () => {
    const first = await server.start('rot-1', { who: 'ann' });
    const again = await server.start('rot-1', { who: 'ann' });
    expect(again.DurableExecutionArn).toBe(first.DurableExecutionArn);
    await expect(server.start('rot-1', { who: 'bob' })).rejects.toMatchObject({
      name: 'DurableExecutionAlreadyStartedException',
      $metadata: { httpStatusCode: 409 },
    });
  });

  test.each([
    ['ask', undefined, false],
    ['ask:durable', undefined, true],
    ['ask', 'durable', true],
    ['ask', '$LATEST', true],
    ['123456789012:function:ask:3', undefined, true],
    ['arn:aws:lambda:eu-west-1:123456789012:function:ask', undefined, false],
    ['arn:aws:lambda:eu-west-1:123456789012:function:ask:live', undefined, true],
  ])('of %s with qualifier %s is accepted: %s', async (FunctionName, Qualifier, accepted) => {
    const invoke = new InvokeCommand({
      FunctionName,
      Qualifier,
      InvocationType: 'Event',
      Payload: '{"who":"x"}',
    });
    const answer = server.lambda.send(invoke);
    if (accepted) expect((await answer).DurableExecutionArn).toContain(':function:ask:');
    else await expect(answer).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  test('refuses a synchronous start, a bad name, input that is no JSON and too large an input', async () => {
    const base = { FunctionName: 'ask:durable', InvocationType: 'Event' } as const;
    const refused = (input: object) =>
      expect(server.lambda.send(new InvokeCommand({ ...base, ...input }))).rejects;
    await refused({ InvocationType: 'RequestResponse' }).toThrow(/only be invoked as an Event/);
    await refused({ DurableExecutionName: 'a.b' }).toMatchObject({ name: 'InvalidParameterValueException' });
    await refused({ Payload: '{oops' }).toMatchObject({ name: 'InvalidRequestContentException' });
    await refused({ Payload: JSON.stringify('x'.repeat(1024 * 1024)) }).toMatchObject({
      name: 'RequestTooLargeException',
      $metadata: { httpStatusCode: 413 },
    });
    expect(server.engine.liveCount).toBe(0);
  });
});

describe('Invoke of a plain function', () => {
  test('gives its answer', async () => {
    const answer = await server.lambda.send(
      new InvokeCommand({ FunctionName: 'echo', Payload: '{"a":[1,"ü"]}' }),
    );
    expect(answer.StatusCode).toBe(200);
    expect(answer.FunctionError).toBeUndefined();
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toEqual({ heard: { a: [1, 'ü'] } });
    const silent = await server.lambda.send(new InvokeCommand({ FunctionName: 'silent' }));
    expect(silent.Payload?.transformToString()).toBe('null');
  });

  test('tells of one that throws as Lambda does', async () => {
    const answer = await server.lambda.send(new InvokeCommand({ FunctionName: 'broken:live' }));
    expect(answer.StatusCode).toBe(200);
    expect(answer.FunctionError).toBe('Unhandled');
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'it broke',
    });
  });

  test('does not wait for it as an Event, and reports its error to the host', async () => {
    const answer = await server.lambda.send(
      new InvokeCommand({ FunctionName: 'broken', InvocationType: 'Event' }),
    );
    expect(answer.StatusCode).toBe(202);
    expect(answer.FunctionError).toBeUndefined();
    expect(server.errors).toEqual(['broken']);
  });

  test('refuses a name it does not know, also one every object has', async () => {
    for (const FunctionName of ['nobody', 'toString'])
      await expect(server.lambda.send(new InvokeCommand({ FunctionName }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        $metadata: { httpStatusCode: 404 },
      });
  });
});
