import type { Operation, OperationStatus, OperationUpdate } from '@aws/durable-execution-sdk-js';
import { applyUpdate, visibleOperations } from '../../src/engine/operations.ts';

const at = Date.parse('2030-01-01T00:00:00Z');
const apply = (before: Operation | undefined, update: Partial<OperationUpdate>) =>
  applyUpdate(before, { Id: 'a', Type: 'STEP', Action: 'START', ...update }, at, () => 'callback-id');

describe('applying an update', () => {
  test('starts a step without counting an attempt, and counts it when it ends', () => {
    const started = apply(undefined, { Name: 'pull', SubType: 'Step', ParentId: 'p' });
    expect(started).toMatchObject({
      Id: 'a',
      Name: 'pull',
      ParentId: 'p',
      SubType: 'Step',
      Status: 'STARTED',
    });
    expect(started.StepDetails?.Attempt).toBeUndefined();
    expect(started.StartTimestamp).toEqual(new Date(at));
    const ended = apply(started, { Action: 'SUCCEED', Payload: '1' });
    expect(ended).toMatchObject({ Status: 'SUCCEEDED', StepDetails: { Attempt: 1, Result: '1' } });
    expect(ended.EndTimestamp).toEqual(new Date(at));
    expect(started.Status).toBe('STARTED');
  });

  test('puts a retry off by its delay and keeps the attempts', () => {
    const retry: Partial<OperationUpdate> = { Action: 'RETRY', StepOptions: { NextAttemptDelaySeconds: 7 } };
    const pending = apply(apply(undefined, {}), { ...retry, Error: { ErrorMessage: 'no' } });
    expect(pending).toMatchObject({
      Status: 'PENDING',
      StepDetails: { Attempt: 1, NextAttemptTimestamp: new Date(at + 7_000), Error: { ErrorMessage: 'no' } },
    });
    expect(pending.EndTimestamp).toBeUndefined();
    const again = apply({ ...pending, Status: 'READY' }, retry);
    expect(again.StepDetails?.Attempt).toBe(2);
  });

  test('gives a wait its end and a callback its id', () => {
    const wait = apply(undefined, { Type: 'WAIT', WaitOptions: { WaitSeconds: 90 } });
    expect(wait.WaitDetails?.ScheduledEndTimestamp).toEqual(new Date(at + 90_000));
    const callback = apply(undefined, { Type: 'CALLBACK' });
    expect(callback).toMatchObject({ Status: 'STARTED', CallbackDetails: { CallbackId: 'callback-id' } });
    expect(apply(callback, { Type: 'CALLBACK', Action: 'CANCEL' })).toMatchObject({
      Status: 'CANCELLED',
      CallbackDetails: { CallbackId: 'callback-id' },
    });
  });

  test('remembers that a context replays its children', () => {
    const started = apply(undefined, { Type: 'CONTEXT', ContextOptions: { ReplayChildren: true } });
    const ended = apply(started, { Type: 'CONTEXT', Action: 'SUCCEED', Payload: '' });
    expect(ended.ContextDetails).toMatchObject({ ReplayChildren: true, Result: '' });
  });

  test.each<[string, OperationStatus | undefined, Partial<OperationUpdate>]>([
    ['starting a step twice', 'STARTED', { Action: 'START' }],
    ['ending a step that has ended', 'SUCCEEDED', { Action: 'SUCCEED' }],
    ['ending a step that waits for its retry', 'PENDING', { Action: 'SUCCEED' }],
    ['cancelling a step', 'STARTED', { Action: 'CANCEL' }],
    ['changing the type', 'STARTED', { Type: 'CONTEXT', Action: 'SUCCEED' }],
    ['ending a callback from inside', undefined, { Type: 'CALLBACK', Action: 'SUCCEED' }],
    ['cancelling a wait that is not there', undefined, { Type: 'WAIT', Action: 'CANCEL' }],
    ['an update without an id', undefined, { Id: '' }],
    ['an update without a type', undefined, { Type: undefined }],
  ])('refuses %s', (_what, status, update) => {
    const before: Operation | undefined = status && {
      Id: 'a',
      Type: 'STEP',
      Status: status,
      StartTimestamp: undefined,
    };
    expect(() => apply(before, update)).toThrow(expect.objectContaining({ scope: 'EXECUTION' }));
  });
});

describe('what a new invocation is given', () => {
  const context = (
    Id: string,
    Status: OperationStatus,
    ParentId?: string,
    ReplayChildren?: boolean,
  ): Operation => ({
    Id,
    ParentId,
    Type: 'CONTEXT',
    Status,
    StartTimestamp: new Date(at),
    ContextDetails: { ReplayChildren },
  });
  const visible = (...operations: Operation[]) =>
    visibleOperations(new Map(operations.map((one) => [one.Id ?? '', one]))).map((one) => one.Id);

  test('leaves out what stands under a finished context, however deep', () => {
    const outer = context('outer', 'SUCCEEDED');
    const inner = context('inner', 'SUCCEEDED', 'outer', true);
    expect(visible(outer, inner, context('leaf', 'SUCCEEDED', 'inner'))).toEqual(['outer']);
    expect(visible({ ...outer, Status: 'FAILED' }, inner)).toEqual(['outer']);
  });

  test('keeps what stands under an open context or one that replays its children', () => {
    const leaf = context('leaf', 'SUCCEEDED', 'outer');
    expect(visible(context('outer', 'STARTED'), leaf)).toEqual(['outer', 'leaf']);
    expect(visible(context('outer', 'SUCCEEDED', undefined, true), leaf)).toEqual(['outer', 'leaf']);
  });
});
