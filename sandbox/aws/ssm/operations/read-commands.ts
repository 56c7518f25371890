import type { Timers } from '../../ecs/timers.ts';
import type { Operation, WireObject } from '../../operation.ts';
import { objectsOf, requiredText, textOf } from '../../secrets/input.ts';
import { pageOf } from '../page.ts';
import { refusals } from '../refusals.ts';
import type { CommandRecord, SsmState } from '../state.ts';
import { statusOf } from '../status.ts';
import { describeCommand, describeInvocation, describeResult } from './describe.ts';

/** GetCommandInvocation, ListCommandInvocations, ListCommands. */
export function readOperations(state: SsmState, timers: Timers): Record<string, Operation> {
  const { knobs } = state;
  return {
    GetCommandInvocation(input) {
      const command = state.commands.find(({ id }) => id === requiredText(input, 'CommandId'));
      const instanceId = requiredText(input, 'InstanceId');
      const invocation = command?.invocations.find((one) => one.instanceId === instanceId);
      const isKnown = command && invocation && timers.now() >= command.at + knobs.lagMs;
      if (!isKnown) throw refusals.noInvocation();
      const step = textOf(input, 'PluginName') ?? command.stepName;
      if (step !== command.stepName) throw refusals.noStep();
      return describeResult(command, invocation);
    },
    ListCommandInvocations(input) {
      const status = filterOf(input, 'Status');
      const found = commandsOf(state, input).flatMap((command) =>
        command.invocations
          .filter(({ instanceId }) => instanceId === (textOf(input, 'InstanceId') ?? instanceId))
          .filter((invocation) => statusOf(invocation.state) === (status ?? statusOf(invocation.state)))
          .map((invocation) => describeInvocation(command, invocation, input.Details === true)),
      );
      const { items, ...rest } = pageOf(found, input, knobs.maxPage);
      return { CommandInvocations: items, ...rest };
    },
    ListCommands(input) {
      const instanceId = textOf(input, 'InstanceId');
      const found = commandsOf(state, input)
        .filter((one) => !instanceId || one.invocations.some((each) => each.instanceId === instanceId))
        .map(describeCommand);
      const { items, ...rest } = pageOf(found, input, knobs.maxPage);
      return { Commands: items, ...rest };
    },
  };
}

function commandsOf({ commands }: SsmState, input: WireObject): readonly CommandRecord[] {
  const id = textOf(input, 'CommandId');
  const name = filterOf(input, 'DocumentName');
  return commands.filter(
    (command) => (id ?? command.id) === command.id && (name ?? command.documentName) === command.documentName,
  );
}

/** Filters other than these two would be passed over in silence, so they are refused. */
function filterOf(input: WireObject, key: 'Status' | 'DocumentName'): string | undefined {
  const filters = objectsOf(input, 'Filters').map((one) => [textOf(one, 'key'), textOf(one, 'value')]);
  const unknown = filters.find(([name]) => name !== 'Status' && name !== 'DocumentName');
  if (unknown) throw refusals.invalid('filters', `${unknown[0]} is not in this stand-in`);
  return filters.find(([name]) => name === key)?.[1];
}
