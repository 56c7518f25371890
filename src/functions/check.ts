import { createAws } from '../aws.ts';
import { createEstate } from '../ecs/estate.ts';
import { diagnosePullFailure } from '../ecs/pull-failure.ts';
import { type RefreshDeps, refreshInventory } from '../inventory/refresh-inventory.ts';
import { attempt } from '../rotation/checking/attempt.ts';
import type { CheckingDeps } from '../rotation/checking/deps.ts';
import { replan } from '../rotation/checking/replan.ts';
import { runChecks } from '../rotation/checking/run-checks.ts';
import { type CheckRequest, checkRequest } from '../rotation/requests.ts';
import { referable } from './guard.ts';
import { lazily, type Wiring, type WiringOptions, wire, wireCredentials, wireRegistry } from './wiring.ts';

/**
 * Reads values, tries logins and scans; answers words and counts. It has no URL: the workflow, the keeper, the desk and a
 * schedule invoke it.
 */
export const handler = lazily(() => createCheckHandler({ env: process.env }));

export function createCheckHandler(options: WiringOptions): (event: unknown) => Promise<unknown> {
  const wiring = wire(options, 'check');
  const deps = depsOf(wiring);
  return async (event) => {
    try {
      return await perform(deps, checkRequest.parse(event));
    } catch (error) {
      throw referable(error, 'check', wiring.log);
    }
  };
}

type Deps = CheckingDeps & RefreshDeps;

async function perform(deps: Deps, request: CheckRequest): Promise<unknown> {
  switch (request.do) {
    case 'scan':
      return refreshInventory(deps);
    case 'check':
      return runChecks(deps, request.key);
    case 'replan':
      return replan(deps, request.key);
    case 'attempt':
      return attempt(deps, request.key, request.which, request.images);
  }
}

function depsOf(wiring: Wiring): Deps {
  const { config, clock, ledger } = wiring;
  const aws = createAws(config);
  return {
    estate: createEstate({ aws, clock, diagnose: diagnosePullFailure }),
    credentials: wireCredentials(wiring, aws),
    registry: wireRegistry(wiring),
    ledger,
    clock,
    groupPercent: config.waveSizePercent,
    targets: config.targets,
  };
}
