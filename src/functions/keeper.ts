import { createChecker } from '../lambda/checker.ts';
import { createExecutions } from '../lambda/executions.ts';
import { type KeeperDeps, sweep } from '../rotation/keeping.ts';
import { referable } from './guard.ts';
import { wireAnnouncer } from './telling.ts';
import { lazily, type WiringOptions, wire, wireCredentials } from './wiring.ts';

/**
 * Looks after rotations whose execution is gone: every five minutes, and when AWS tells that an execution failed, timed
 * out or was stopped. The event itself is not read: the records and the executions are the truth.
 */
export const handler = lazily(() => createKeeperHandler({ env: process.env }));

export function createKeeperHandler(options: WiringOptions): (event: unknown) => Promise<{ kept: number }> {
  const wiring = wire(options, 'keeper');
  const deps = async (): Promise<KeeperDeps> => ({
    ledger: wiring.ledger,
    credentials: wireCredentials(wiring),
    checker: createChecker(wiring.lambda, wiring.config.functions.check),
    announcer: await wireAnnouncer(wiring),
    executions: createExecutions({
      client: wiring.lambda,
      rotationFunction: wiring.config.functions.rotation,
    }),
    clock: wiring.clock,
    onFailure: ({ registry, id }, error) =>
      wiring.log.error('A rotation could not be looked after', { registry, rotation: id, error }),
  });
  return async () => {
    try {
      return await sweep(await deps());
    } catch (error) {
      throw referable(error, 'keeper', wiring.log);
    }
  };
}
