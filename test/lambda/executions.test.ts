import { InvokeCommand } from '@aws-sdk/client-lambda';
import { isRotateError } from '../../src/errors.ts';
import { createExecutions, executionName } from '../../src/lambda/executions.ts';
import type { Executions } from '../../src/rotation/ports.ts';
import { type Functions, startFunctions } from './start-functions.ts';

let functions: Functions;
let executions: Executions;
const key = { registry: 'registry.example.com:5000', id: '7K2M9' };

beforeEach(async () => {
  functions = await startFunctions();
  executions = createExecutions({ client: functions.client, rotationFunction: 'rotation:durable' });
});
afterEach(() => functions.close());

const ended = async () => {
  const arn = functions.engine.getByName('rotation', executionName(key, 1))?.arn ?? '';
  return functions.clock.until(functions.engine.finished(arn), () => functions.engine.busy);
};

test('starts the workflow with nothing but its key and generation', async () => {
  await executions.start({ ...key, extra: 'not sent' } as typeof key, 1);
  await functions.callback();
  expect(functions.inputs).toEqual([{ ...key, generation: 1 }]);
});

test('starts one execution however often it is asked to, and another for another generation', async () => {
  await Promise.all([1, 1, 1].map((generation) => executions.start(key, generation)));
  await executions.start(key, 2);
  await functions.callback(1);
  expect(functions.inputs).toHaveLength(2);
});

test('takes an execution of that name for its own, whatever it was started with', async () => {
  const start = {
    FunctionName: 'rotation:durable',
    InvocationType: 'Event' as const,
    DurableExecutionName: executionName(key, 1),
    Payload: '{"form":"of another version"}',
  };
  await functions.client.send(new InvokeCommand(start));
  await expect(executions.start(key, 1)).resolves.toBeUndefined();
  await functions.callback();
  expect(functions.inputs).toHaveLength(1);
});

test('tells whether an execution runs', async () => {
  expect(await executions.statusOf(key, 1)).toBe('none');
  await executions.start(key, 1);
  await executions.start(key, 2);
  expect(await executions.statusOf(key, 1)).toBe('running');
  await executions.ring(await functions.callback());
  await ended();
  expect(await executions.statusOf(key, 1)).toBe('ended');
  expect(await executions.statusOf(key, 3)).toBe('none');
});

test('rings who waits, and does no harm where nobody waits any more', async () => {
  await executions.start(key, 1);
  const callback = await functions.callback();
  await executions.ring(callback);
  expect((await ended()).status).toBe('SUCCEEDED');
  await executions.ring(callback);
  await executions.ring('bm9ib2R5');
  await executions.ring('not a callback id!');
});

test('says which function is missing', async () => {
  const other = createExecutions({ client: functions.client, rotationFunction: 'gone:durable' });
  const error: unknown = await other.start(key, 1).catch((caught: unknown) => caught);
  expect(isRotateError(error, 'aws-failed') && error.facts).toMatchObject({
    resource: 'gone:durable',
    problem: 'ResourceNotFoundException',
  });
});

test.each([
  ['docker.io'],
  ['registry.example.com:5000'],
  ['a-very-long-name-of-a-registry.within-some-department.example.co.jp:65535'],
])('names an execution of %s as AWS allows', (registry) => {
  expect(executionName({ registry, id: '7K2M9' }, 12)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
});

test('gives no two rotations the same name', () => {
  const names = [
    executionName({ registry: 'a.b', id: '1' }, 1),
    executionName({ registry: 'a-b', id: '1' }, 1),
    executionName({ registry: 'a.b', id: '2' }, 1),
    executionName({ registry: 'a.b', id: '1' }, 2),
    executionName({ registry: `${'long'.repeat(20)}x`, id: '1' }, 1),
    executionName({ registry: `${'long'.repeat(20)}y`, id: '1' }, 1),
  ];
  expect(new Set(names).size).toBe(names.length);
});
