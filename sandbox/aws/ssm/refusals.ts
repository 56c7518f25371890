import { AwsFault } from '../operation.ts';

/** The errors of Systems Manager that the stand-in gives. */
export const refusals = {
  invalidInstance: (instanceIds: readonly string[]) =>
    new AwsFault(
      'InvalidInstanceId',
      `Instances [${instanceIds.join(', ')}] not in a valid state for account`,
    ),
  invalidDocument: (name: string) => new AwsFault('InvalidDocument', `Document ${name} does not exist.`),
  noInvocation: () => new AwsFault('InvocationDoesNotExist', ''),
  noCommand: (id: string) => new AwsFault('InvalidCommandId', `Command ${id} does not exist.`),
  noStep: () => new AwsFault('InvalidPluginName', 'The plugin name is not valid.'),
  badPage: () => new AwsFault('InvalidNextToken', 'The specified token is not valid.'),
  invalid: (member: string, constraint: string) =>
    new AwsFault(
      'ValidationException',
      `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`,
    ),
};
