import { maybeSeconds, seconds } from '../../ecs/wire/times.ts';
import type { WireObject } from '../../operation.ts';
import type { CommandRecord, InvocationRecord } from '../state.ts';
import { commandStatus, isEnded, statusOf } from '../status.ts';

/** A command as SendCommand and ListCommands give it: its parameters in clear. */
export function describeCommand(command: CommandRecord): WireObject {
  const status = commandStatus(command);
  const states = command.invocations.map(({ state }) => state);
  return {
    CommandId: command.id,
    DocumentName: command.documentName,
    DocumentVersion: '$DEFAULT',
    Comment: command.comment,
    ExpiresAfter: seconds(command.expiresAt),
    Parameters: command.parameters,
    InstanceIds: command.instanceIds,
    Targets: command.targets.map(({ key, values }) => ({ Key: key, Values: values })),
    RequestedDateTime: seconds(command.at),
    Status: status,
    StatusDetails: status,
    MaxConcurrency: command.maxConcurrency,
    MaxErrors: command.maxErrors,
    TargetCount: states.length,
    CompletedCount: states.filter(isEnded).length,
    ErrorCount: states.filter((state) => state === 'Failed').length,
    DeliveryTimedOutCount: states.filter((state) => state === 'DeliveryTimedOut').length,
  };
}

/** One of ListCommandInvocations. The output there is cut far shorter than elsewhere. */
export function describeInvocation(
  command: CommandRecord,
  invocation: InvocationRecord,
  withDetails: boolean,
): WireObject {
  return {
    CommandId: command.id,
    InstanceId: invocation.instanceId,
    Comment: command.comment,
    DocumentName: command.documentName,
    DocumentVersion: '$DEFAULT',
    RequestedDateTime: seconds(command.at),
    Status: statusOf(invocation.state),
    StatusDetails: invocation.state,
    CommandPlugins: withDetails ? [describeStep(command, invocation)] : [],
  };
}

function describeStep(command: CommandRecord, invocation: InvocationRecord): WireObject {
  return {
    Name: command.stepName,
    Status: statusOf(invocation.state),
    StatusDetails: invocation.state,
    ResponseCode: invocation.code,
    ResponseStartDateTime: maybeSeconds(invocation.startedAt),
    ResponseFinishDateTime: maybeSeconds(invocation.endedAt),
    Output: `${invocation.stdout}${invocation.stderr}`.slice(0, 2500),
  };
}

/** The answer of GetCommandInvocation. */
export function describeResult(command: CommandRecord, invocation: InvocationRecord): WireObject {
  const { startedAt, endedAt } = invocation;
  return {
    CommandId: command.id,
    InstanceId: invocation.instanceId,
    Comment: command.comment,
    DocumentName: command.documentName,
    DocumentVersion: '$DEFAULT',
    PluginName: command.stepName,
    ResponseCode: isEnded(invocation.state) ? invocation.code : -1,
    ExecutionStartDateTime: startedAt === undefined ? '' : new Date(startedAt).toISOString(),
    ExecutionElapsedTime: elapsed(startedAt, endedAt),
    ExecutionEndDateTime: endedAt === undefined ? '' : new Date(endedAt).toISOString(),
    Status: statusOf(invocation.state),
    StatusDetails: invocation.state,
    StandardOutputContent: invocation.stdout.slice(0, 24_000),
    StandardOutputUrl: '',
    StandardErrorContent: invocation.stderr.slice(0, 8_000),
    StandardErrorUrl: '',
  };
}

const elapsed = (from: number | undefined, to: number | undefined): string =>
  from === undefined || to === undefined ? '' : `PT${(to - from) / 1000}S`;
