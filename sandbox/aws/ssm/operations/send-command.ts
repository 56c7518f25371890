import { randomUUID } from 'node:crypto';
import type { Timers } from '../../ecs/timers.ts';
import type { Operation, WireObject } from '../../operation.ts';
import { numberOf, objectsOf, requiredText, textOf, textsOf } from '../../secrets/input.ts';
import { type CommandDocument, fillDocument } from '../command-document.ts';
import { cancel, deliver } from '../delivery.ts';
import { refusals } from '../refusals.ts';
import type { CommandRecord, InvocationRecord, NodeRecord, SsmState, Target } from '../state.ts';
import { describeCommand } from './describe.ts';

/** SendCommand and CancelCommand. */
export function sendOperations(
  state: SsmState,
  timers: Timers,
  documents: Readonly<Record<string, CommandDocument>>,
): Record<string, Operation> {
  return {
    SendCommand(input) {
      const command = acceptCommand(state, timers.now(), documents, input);
      state.commands.unshift(command);
      const sent = describeCommand(command);
      deliver(timers, command);
      return { Command: sent };
    },
    CancelCommand(input) {
      const id = requiredText(input, 'CommandId');
      const command = state.commands.find((one) => one.id === id);
      if (!command) throw refusals.noCommand(id);
      cancel(timers, command, textsOf(input, 'InstanceIds'));
      return {};
    },
  };
}

function acceptCommand(
  { nodes }: SsmState,
  now: number,
  documents: Readonly<Record<string, CommandDocument>>,
  input: WireObject,
): CommandRecord {
  const documentName = requiredText(input, 'DocumentName');
  const document = documents[documentName];
  if (!document) throw refusals.invalidDocument(documentName);
  const parameters = readParameters(input);
  const instanceIds = readInstanceIds(nodes, input);
  const targets = objectsOf(input, 'Targets').map(readTarget);
  if (targets.length > 5)
    throw refusals.invalid('targets', 'Member must have length less than or equal to 5');
  const addressed = targets.length > 0 ? nodesOf(nodes, targets) : instanceIds;
  return {
    ...fillDocument(document, parameters),
    id: randomUUID(),
    at: now,
    expiresAt: now + timeoutOf(input) * 1000,
    documentName,
    comment: textOf(input, 'Comment') ?? '',
    parameters,
    instanceIds,
    targets,
    maxConcurrency: textOf(input, 'MaxConcurrency') ?? '50',
    maxErrors: textOf(input, 'MaxErrors') ?? '0',
    invocations: addressed.map((instanceId) => newInvocation(instanceId, nodes.get(instanceId))),
    cancelled: false,
  };
}

/** One id that cannot be reached refuses the whole request. */
function readInstanceIds(nodes: ReadonlyMap<string, NodeRecord>, input: WireObject): string[] {
  const ids = textsOf(input, 'InstanceIds');
  if (ids.length > 50)
    throw refusals.invalid('instanceIds', 'Member must have length less than or equal to 50');
  const bad = ids.filter((id) => (nodes.get(id)?.ping ?? 'stopped') === 'stopped');
  if (bad.length > 0) throw refusals.invalidInstance(bad);
  return ids;
}

function readTarget(target: WireObject): Target {
  const values = textsOf(target, 'Values');
  if (values.length > 50)
    throw refusals.invalid('values', 'Member must have length less than or equal to 50');
  return { key: textOf(target, 'Key') ?? '', values };
}

/** All targets must fit. Ids that no node has are kept: each becomes Undeliverable by itself. */
function nodesOf(nodes: ReadonlyMap<string, NodeRecord>, targets: readonly Target[]): string[] {
  const named = targets.find(({ key }) => key === 'InstanceIds')?.values;
  const candidates = named ?? [...nodes.keys()];
  const byTag = targets.filter(({ key }) => key.startsWith('tag:'));
  const fits = (id: string) =>
    byTag.every(({ key, values }) => values.includes(nodes.get(id)?.tags[key.slice('tag:'.length)] ?? ''));
  return candidates.filter(fits);
}

/** The value of TimeoutSeconds: for the delivery, not for the script. */
function timeoutOf(input: WireObject): number {
  const seconds = numberOf(input, 'TimeoutSeconds') ?? 3600;
  if (seconds < 30 || seconds > 2_592_000) {
    throw refusals.invalid('timeoutSeconds', 'Member must have value between 30 and 2592000');
  }
  return seconds;
}

function readParameters(input: WireObject): Record<string, string[]> {
  // A map of lists of texts by the SDK's schema, which the server has checked.
  return (input.Parameters ?? {}) as Record<string, string[]>;
}

function newInvocation(instanceId: string, node: NodeRecord | undefined): InvocationRecord {
  return {
    instanceId,
    node: node?.ping === 'stopped' ? undefined : node,
    stop: new AbortController(),
    state: 'Pending',
    startedAt: undefined,
    endedAt: undefined,
    code: -1,
    stdout: '',
    stderr: '',
  };
}
