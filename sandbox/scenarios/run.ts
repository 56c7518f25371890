import { wire } from '../../src/functions/wiring.ts';
import { paceOf, SandboxClock } from '../clock.ts';
import { takeAwsSettings } from '../environment.ts';
import { plainEstate } from '../estate/plain.ts';
import { type Product, startProduct } from '../product.ts';
import { startWorld, type World } from '../world.ts';
import { reportOn, type ScenarioReport } from './report.ts';
import type { Scenario } from './scenario.ts';
import { Stage } from './stage.ts';

export interface RunOptions {
  /** The new token that people type; the marker test gives its own. */
  readonly newToken?: string;
  /** Called with world and product while they still run: the tests look at everything there. */
  readonly inspect?: (stage: Stage, report: ScenarioReport) => Promise<void> | void;
  /** Instead of the product in this process. */
  readonly product?: (world: World) => Promise<Product>;
}

const defaultToken = 'ghp_NewTokenForTheSandbox01';
const defaultSpeed = 150;

/**
 * Plays one scenario in this process and reports. Throws where it does not see what it must, or ends otherwise than it
 * says; the stand-ins' own defects count as well.
 */
export async function runScenario(scenario: Scenario, options: RunOptions = {}): Promise<ScenarioReport> {
  const { newToken = defaultToken } = options;
  const clock = new SandboxClock(paceOf(1));
  let product: Product | undefined;
  const world = await startWorld({
    clock,
    estate: scenario.estate?.(newToken) ?? plainEstate({ newToken }),
    deliver: (request) =>
      product ? product.deliver(request) : Promise.reject(new Error('the product is down')),
    ...(scenario.settings ? { settings: scenario.settings } : {}),
  });
  try {
    product = await (options.product?.(world) ?? startProduct({ clock, env: world.env }));
    await product.scan();
    clock.setSpeed(scenario.speed ?? defaultSpeed);
    const stage = new Stage(world, product, newToken);
    await scenario.play(stage);
    await comeToRest(product);
    takeAwsSettings(world.env);
    const { ledger } = wire({ env: world.env, clock }, 'report');
    const report = await reportOn(scenario.name, stage, ledger, 'ghcr.io');
    stage.must(
      report.outcome === scenario.outcome,
      `the outcome is ${scenario.outcome}, and not ${report.outcome}`,
    );
    stage.must(problemsOf(world).length === 0, `the stand-ins are sound: ${problemsOf(world).join('; ')}`);
    await options.inspect?.(stage, report);
    return report;
  } finally {
    await product?.close();
    await world.close();
    clock.close();
  }
}

/** The workflow has come to its end, or waits for a person. */
async function comeToRest({ engine }: Product): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (engine.busy && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Defects of the stand-ins, and whatever Slack would have refused of the product: a fault, not a story. */
function problemsOf(world: World): string[] {
  const aws = [...world.targets.values()].flatMap(({ server }) => server.problems);
  const refused = world.slack.state.calls.flatMap(({ method, answer }) => {
    const error =
      typeof answer === 'object' && answer !== null && 'error' in answer ? String(answer.error) : '';
    return neverRefused.has(error) ? [`Slack refused ${method}: ${error}`] : [];
  });
  return [...aws, ...refused];
}

const neverRefused: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_arguments',
  'missing_scope',
  'msg_too_long',
  'view_too_large',
  'expired_trigger_id',
]);
