import type { Timers } from '../ecs/timers.ts';
import type { CommandRecord, InvocationRecord, InvocationState } from './state.ts';

/** Sends a command to its nodes, as many at once as it allows, until it is through or has had its errors. */
export function deliver(timers: Timers, command: CommandRecord): void {
  for (const invocation of command.invocations) {
    if (invocation.node === undefined) end(timers, invocation, 'Undeliverable');
  }
  const waiting = command.invocations.filter(({ state }) => state === 'Pending');
  const most = countOf(command.maxConcurrency, waiting.length);
  const errorsAllowed = countOf(command.maxErrors, waiting.length);
  let flying = 0;
  let finished = 0;
  const next = (): void => {
    if (errorsIn(command) > errorsAllowed) endAll(timers, waiting, 'Terminated');
    // Concurrency grows step by step: one node, then as many more as have answered.
    const allowed = Math.max(1, Math.min(most, finished + 1));
    while (flying < allowed) {
      const invocation = waiting.find(
        ({ state, startedAt }) => state === 'Pending' && startedAt === undefined,
      );
      if (!invocation || command.cancelled) return;
      flying += 1;
      sendTo(timers, command, invocation)
        .finally(() => {
          flying -= 1;
          finished += 1;
          next();
        })
        .catch((error: Error) => fail(timers, invocation, error));
    }
  };
  next();
}

/** Ends what has not begun, and kills what runs. */
export function cancel(timers: Timers, command: CommandRecord, instanceIds: readonly string[]): void {
  const isMeant = ({ instanceId }: InvocationRecord) =>
    instanceIds.length === 0 || instanceIds.includes(instanceId);
  const meant = command.invocations.filter(isMeant);
  if (instanceIds.length === 0) command.cancelled = true;
  endAll(timers, meant, 'Cancelled');
  for (const invocation of meant) invocation.stop.abort();
}

async function sendTo(timers: Timers, command: CommandRecord, invocation: InvocationRecord): Promise<void> {
  const { node } = invocation;
  if (!node) return;
  // Marks it as sent, so that it is not sent twice; shown as Pending until the node has it.
  invocation.startedAt = timers.now();
  await timers.sleep(node.ping === 'online' ? node.deliveryMs : command.expiresAt - timers.now());
  if (invocation.state !== 'Pending') return;
  if (node.ping !== 'online') return end(timers, invocation, 'DeliveryTimedOut');
  invocation.state = 'InProgress';
  invocation.startedAt = timers.now();
  const ran = await node.host.run(command.script, command.environment, invocation.stop.signal);
  Object.assign(invocation, { code: ran.code ?? -1, stdout: ran.stdout, stderr: ran.stderr });
  const state = invocation.stop.signal.aborted ? 'Cancelled' : ran.code === 0 ? 'Success' : 'Failed';
  end(timers, invocation, state);
}

/** A script that cannot even be started: without bubblewrap, say. */
function fail(timers: Timers, invocation: InvocationRecord, error: Error): void {
  invocation.stderr = error.message;
  end(timers, invocation, 'Failed');
}

function end(timers: Timers, invocation: InvocationRecord, state: InvocationState): void {
  invocation.state = state;
  invocation.endedAt = timers.now();
}

function endAll(timers: Timers, invocations: readonly InvocationRecord[], state: InvocationState): void {
  for (const invocation of invocations) {
    const isBegun =
      invocation.state !== 'Pending' || (state === 'Terminated' && invocation.startedAt !== undefined);
    if (!isBegun) end(timers, invocation, state);
  }
}

/** Nodes that the command never reached do not count. */
const errorsIn = ({ invocations }: CommandRecord): number =>
  invocations.filter(({ state }) => state === 'Failed').length;

/** `10` or `25%` of so many nodes. */
function countOf(text: string, nodes: number): number {
  const number = Number.parseInt(text, 10);
  return text.endsWith('%') ? Math.floor((nodes * number) / 100) : number;
}
