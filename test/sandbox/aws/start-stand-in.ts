import type { AwsService, Operation } from '../../../sandbox/aws/operation.ts';
import { type AwsServer, type AwsServerOptions, startAwsServer } from '../../../sandbox/aws/server.ts';
import { createHandClock } from './hand-clock.ts';
import { sdkClients } from './sdk-clients.ts';

/** A Secrets Manager of operations made up for a test. */
export const secretsService = (operations: Record<string, Operation>): AwsService => ({
  target: 'secretsmanager',
  operations,
});

/** A stand-in whose warnings are kept, and the SDK clients for it. */
export async function startStandIn(
  services: readonly AwsService[],
  options: Partial<AwsServerOptions> = {},
): Promise<{ server: AwsServer; warnings: string[]; clients: ReturnType<typeof sdkClients> }> {
  const warnings: string[] = [];
  const warn = (line: string) => void warnings.push(line);
  const server = await startAwsServer({ clock: createHandClock(), services, warn, ...options });
  return { server, warnings, clients: sdkClients(server.url) };
}
