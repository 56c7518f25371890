import { type Operation, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner, WaitingOperationStatus } from '@aws/durable-execution-sdk-js-testing';
import { DurableEngine } from '../../src/engine/engine.ts';
import { workflows } from './conformance-workflows.ts';
import { FastClock } from './fast-clock.ts';

interface Outcome {
  readonly status: string | undefined;
  readonly result: unknown;
  readonly error: { type: string | undefined; message: string | undefined } | undefined;
  readonly operations: readonly string[];
}

const onAws = new Map<string, Outcome>();

beforeAll(async () => {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true });
  try {
    for (const title of Object.keys(workflows)) onAws.set(title, await runOnAwsRunner(title));
  } finally {
    await LocalDurableTestRunner.teardownTestEnvironment();
  }
}, 30_000);

test.each(Object.keys(workflows))('%s ends as it does in the runner of AWS', async (title) => {
  const ours = await runOnEngine(title);
  expect(ours.operations.length).toBeGreaterThan(0);
  expect(ours).toEqual(onAws.get(title));
});

test('the six workflows cover success and failure', () => {
  const statuses = [...onAws.values()].map((outcome) => outcome.status);
  expect(statuses.filter((status) => status === 'SUCCEEDED')).toHaveLength(5);
  expect(statuses.filter((status) => status === 'FAILED')).toHaveLength(1);
});

async function runOnAwsRunner(title: string): Promise<Outcome> {
  const workflow = workflows[title]?.();
  const handlerFunction = withDurableExecution(async (_event, context) =>
    workflow?.(context, () => undefined),
  );
  const runner = new LocalDurableTestRunner({ handlerFunction });
  const ended = runner.run();
  if (title.startsWith('callbacks')) {
    const approved = runner.getOperation('approved');
    await approved.waitForData(WaitingOperationStatus.SUBMITTED);
    await approved.sendCallbackSuccess('yes');
    const refused = runner.getOperation('refused');
    await refused.waitForData(WaitingOperationStatus.SUBMITTED);
    await refused.sendCallbackFailure({ ErrorType: 'Refused', ErrorMessage: 'not today' });
  }
  const end = await ended;
  const operations = end.getOperations().flatMap((one) => one.getOperationData() ?? []);
  const failed = end.getStatus() === 'FAILED';
  return {
    status: end.getStatus(),
    result: failed ? undefined : end.getResult(),
    error: failed ? { type: end.getError().errorType, message: end.getError().errorMessage } : undefined,
    operations: describeAll(operations),
  };
}

async function runOnEngine(title: string): Promise<Outcome> {
  const workflow = workflows[title]?.();
  const clock = new FastClock();
  const engine = new DurableEngine({ path: ':memory:', clock });
  const answer = (name: string, id: string) => {
    if (name === 'approved') setImmediate(() => engine.succeedCallback(id, 'yes'));
    if (name === 'refused')
      setImmediate(() => engine.failCallback(id, { ErrorType: 'Refused', ErrorMessage: 'not today' }));
  };
  engine.register('flow', async (_event, context) => workflow?.(context, answer), {
    executionTimeoutSeconds: 3600,
  });
  const { arn } = engine.start('flow');
  const row = await clock.until(engine.finished(arn), () => engine.busy);
  const operations = engine.operations(arn).filter((one) => one.Type !== 'EXECUTION');
  engine.close();
  return {
    status: row.status,
    result: row.result === undefined ? undefined : JSON.parse(row.result),
    error: row.error && { type: row.error.ErrorType, message: row.error.ErrorMessage },
    operations: describeAll(operations),
  };
}

/** Every operation in one line: where it stands, what it is, how it ended, after how many attempts. */
function describeAll(operations: readonly Operation[]): string[] {
  const named = new Map(operations.map((one) => [one.Id, one.Name]));
  return operations
    .map((one) => {
      const where = one.ParentId ? `${named.get(one.ParentId)}/` : '';
      const attempt = one.StepDetails?.Attempt ? ` attempt ${one.StepDetails.Attempt}` : '';
      const replay = one.ContextDetails?.ReplayChildren ? ' replay' : '';
      return `${where}${one.Name} ${one.Type} ${one.SubType} ${one.Status}${attempt}${replay}`;
    })
    .sort();
}
