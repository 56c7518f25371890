import {
  CancelCommandCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
  type SendCommandCommandInput,
} from '@aws-sdk/client-ssm';
import { failureOf } from '../sdk-clients.ts';
import { type Answering, documentName, type SsmUnderTest, startSsm } from './start-ssm.ts';

let world: SsmUnderTest;

afterEach(async () => {
  expect(world.problems).toEqual([]);
  await world.close();
});

async function start(ids: readonly string[], answering?: Answering): Promise<void> {
  world = await startSsm(answering);
  await world.add(...ids);
}

const send = (input: Partial<SendCommandCommandInput>) =>
  world.client.send(
    new SendCommandCommand({ DocumentName: documentName, Parameters: { Mode: ['inspect'] }, ...input }),
  );

async function sendTo(ids: readonly string[], input: Partial<SendCommandCommandInput> = {}): Promise<string> {
  const { Command } = await send({ InstanceIds: [...ids], ...input });
  return Command?.CommandId ?? '';
}

const get = (CommandId: string, InstanceId: string) =>
  world.client.send(new GetCommandInvocationCommand({ CommandId, InstanceId }));

async function statuses(CommandId: string): Promise<Record<string, string | undefined>> {
  const { CommandInvocations = [] } = await world.client.send(
    new ListCommandInvocationsCommand({ CommandId }),
  );
  return Object.fromEntries(CommandInvocations.map((one) => [one.InstanceId, one.StatusDetails]));
}

async function commandStatus(CommandId: string): Promise<string | undefined> {
  const { Commands = [] } = await world.client.send(new ListCommandsCommand({ CommandId }));
  return Commands[0]?.Status;
}

/** Lets what hangs on promises go on; the hand clock moves with it, a millisecond at a time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    world.clock.advance(1);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a command is pending, then runs on each node, and its output and exit code can be read', async () => {
  await start(['i-1'], (id) => ({ code: 3, stdout: `out of ${id}`, stderr: 'err' }));
  world.ssm.node('i-1').deliveryMs = 2000;
  const id = await sendTo(['i-1']);
  expect(await get(id, 'i-1')).toMatchObject({ Status: 'Pending', ResponseCode: -1 });
  world.clock.advance(2000);
  await settle();
  expect(await get(id, 'i-1')).toMatchObject({
    Status: 'Failed',
    ResponseCode: 3,
    PluginName: 'login',
    StandardOutputContent: 'out of i-1',
    StandardErrorContent: 'err',
  });
});

test('parameters reach the script in its environment, and whoever lists commands reads them', async () => {
  await start(['i-1']);
  const id = await sendTo(['i-1'], { Parameters: { Mode: ['apply'] } });
  await settle();
  expect(world.ran).toEqual([{ instanceId: 'i-1', environment: { SSM_Mode: 'apply' } }]);
  const { Commands } = await world.client.send(new ListCommandsCommand({ CommandId: id }));
  expect(Commands?.[0]?.Parameters).toEqual({ Mode: ['apply'] });
});

test.each([
  ['a value that is not allowed', { Mode: ['delete'] }],
  ['a value outside its pattern', { Mode: ['apply'], Salt: ['"; rm'] }],
  ['an unknown parameter', { Mode: ['apply'], More: ['x'] }],
  ['a missing parameter', {}],
])('refuses %s', async (_, Parameters) => {
  await start(['i-1']);
  const failure = await failureOf(send({ InstanceIds: ['i-1'], Parameters }));
  expect(failure.name).toBe('InvalidParameters');
});

test('refuses a document it has not, and a delivery time below 30 seconds', async () => {
  await start(['i-1']);
  expect((await failureOf(send({ InstanceIds: ['i-1'], DocumentName: 'other' }))).name).toBe(
    'InvalidDocument',
  );
  expect((await failureOf(send({ InstanceIds: ['i-1'], TimeoutSeconds: 29 }))).name).toBe(
    'ValidationException',
  );
});

test('one stopped or unknown instance refuses the whole request', async () => {
  await start(['i-1', 'i-2']);
  world.ssm.node('i-2').ping = 'stopped';
  expect((await failureOf(send({ InstanceIds: ['i-1', 'i-2'] }))).name).toBe('InvalidInstanceId');
  expect((await failureOf(send({ InstanceIds: ['i-1', 'i-9'] }))).name).toBe('InvalidInstanceId');
  expect(world.ran).toEqual([]);
});

test('named by Targets, an unknown instance is undeliverable by itself and the command a success', async () => {
  await start(['i-1']);
  const { Command } = await send({ Targets: [{ Key: 'InstanceIds', Values: ['i-1', 'i-9'] }] });
  await settle();
  expect(await statuses(Command?.CommandId ?? '')).toEqual({ 'i-1': 'Success', 'i-9': 'Undeliverable' });
  expect(await commandStatus(Command?.CommandId ?? '')).toBe('Success');
});

test('a tag that fits no node is a success without any invocation', async () => {
  await start(['i-1']);
  const { Command } = await send({ Targets: [{ Key: 'tag:fleet', Values: ['b'] }] });
  expect(Command).toMatchObject({ Status: 'Success', TargetCount: 0 });
});

test('a node out of reach times out, which neither fails the command nor stops the others', async () => {
  await start(['i-1', 'i-2']);
  world.ssm.node('i-1').ping = 'lost';
  const id = await sendTo(['i-1', 'i-2'], { TimeoutSeconds: 30, MaxConcurrency: '1' });
  await settle();
  expect(await statuses(id)).toEqual({ 'i-1': 'Pending', 'i-2': 'Pending' });
  world.clock.advance(30_000);
  await settle();
  expect(await statuses(id)).toEqual({ 'i-1': 'DeliveryTimedOut', 'i-2': 'Success' });
  expect(await commandStatus(id)).toBe('Success');
});

test('after the first failure nothing more is sent, as MaxErrors is 0 by itself', async () => {
  await start(['i-1', 'i-2', 'i-3'], (id) => ({ code: id === 'i-1' ? 1 : 0, stdout: '', stderr: '' }));
  const id = await sendTo(['i-1', 'i-2', 'i-3'], { MaxConcurrency: '1' });
  await settle();
  expect(await statuses(id)).toEqual({ 'i-1': 'Failed', 'i-2': 'Terminated', 'i-3': 'Terminated' });
  expect(await commandStatus(id)).toBe('Failed');
});

test('with errors allowed, by percent, the others get it too', async () => {
  await start(['i-1', 'i-2', 'i-3'], (id) => ({ code: id === 'i-1' ? 1 : 0, stdout: '', stderr: '' }));
  const id = await sendTo(['i-1', 'i-2', 'i-3'], { MaxErrors: '34%' });
  await settle();
  expect(await statuses(id)).toEqual({ 'i-1': 'Failed', 'i-2': 'Success', 'i-3': 'Success' });
});

test('concurrency begins at one node and grows with every answer, up to its most', async () => {
  const ids = Array.from({ length: 7 }, (_, index) => `i-${index}`);
  let running = 0;
  const seen: number[] = [];
  await start(ids, async () => {
    running += 1;
    seen.push(running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return { code: 0, stdout: '', stderr: '' };
  });
  await sendTo(ids, { MaxConcurrency: '3' });
  await settle();
  expect(seen).toHaveLength(7);
  expect(seen[0]).toBe(1);
  expect(Math.max(...seen)).toBe(3);
});

test('right after sending, an invocation is not known yet', async () => {
  await start(['i-1']);
  world.ssm.knobs.lagMs = 500;
  const id = await sendTo(['i-1']);
  expect((await failureOf(get(id, 'i-1'))).name).toBe('InvocationDoesNotExist');
  world.clock.advance(500);
  expect((await get(id, 'i-1')).CommandId).toBe(id);
});

test('a long output is cut, at 24,000 and 8,000 characters, and in lists at 2,500', async () => {
  await start(['i-1'], () => ({ code: 0, stdout: 'o'.repeat(30_000), stderr: 'e'.repeat(30_000) }));
  const id = await sendTo(['i-1']);
  await settle();
  const { StandardOutputContent, StandardErrorContent } = await get(id, 'i-1');
  expect([StandardOutputContent?.length, StandardErrorContent?.length]).toEqual([24_000, 8_000]);
  const list = new ListCommandInvocationsCommand({ CommandId: id, Details: true });
  const { CommandInvocations } = await world.client.send(list);
  expect(CommandInvocations?.[0]?.CommandPlugins?.[0]?.Output).toHaveLength(2500);
});

test('cancelling ends what waits and kills what runs', async () => {
  const killed: string[] = [];
  await start(['i-1', 'i-2'], (id, signal) => {
    return new Promise((resolve) => {
      signal?.addEventListener('abort', () => {
        killed.push(id);
        resolve({ code: null, stdout: '', stderr: '' });
      });
    });
  });
  const id = await sendTo(['i-1', 'i-2'], { MaxConcurrency: '1' });
  await settle();
  await world.client.send(new CancelCommandCommand({ CommandId: id }));
  await settle();
  expect(killed).toEqual(['i-1']);
  expect(await statuses(id)).toEqual({ 'i-1': 'Cancelled', 'i-2': 'Cancelled' });
  expect(await commandStatus(id)).toBe('Cancelled');
});

test('nodes are told with their ping status, in pages, without those that are stopped', async () => {
  await start(['i-1', 'i-2', 'i-3']);
  world.ssm.node('i-2').ping = 'lost';
  world.ssm.node('i-3').ping = 'stopped';
  world.ssm.knobs.maxPage = 1;
  const first = await world.client.send(new DescribeInstanceInformationCommand({}));
  expect(first.InstanceInformationList).toMatchObject([{ InstanceId: 'i-1', PingStatus: 'Online' }]);
  const next = { NextToken: first.NextToken };
  const second = await world.client.send(new DescribeInstanceInformationCommand(next));
  expect(second.InstanceInformationList).toMatchObject([{ InstanceId: 'i-2', PingStatus: 'ConnectionLost' }]);
  expect(second.NextToken).toBeUndefined();
});
