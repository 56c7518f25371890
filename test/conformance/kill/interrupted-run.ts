import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paceOf, SandboxClock } from '../../../sandbox/clock.ts';
import { takeAwsSettings } from '../../../sandbox/environment.ts';
import { plainEstate } from '../../../sandbox/estate/plain.ts';
import { type ProductChild, startProductChild } from '../../../sandbox/process/product-child.ts';
import { reportOn, type ScenarioReport } from '../../../sandbox/scenarios/report.ts';
import { Stage } from '../../../sandbox/scenarios/stage.ts';
import { startWorld, type World } from '../../../sandbox/world.ts';
import { wire } from '../../../src/functions/wiring.ts';

const newToken = 'ghp_NewTokenForTheSandbox01';

export interface InterruptedRun {
  readonly stage: Stage;
  readonly report: ScenarioReport;
  /** How often the process was ended by the point it was told to die at. */
  readonly deaths: number;
}

/**
 * Plays a story with the product in a process of its own that kills itself at the point, and is started again as Lambda
 * would. `play` must bear that a click may find nobody: Slack shows a person that it failed, and they press again.
 */
export async function runInterrupted(
  dieAt: string,
  play: (stage: Stage) => Promise<void>,
): Promise<InterruptedRun> {
  const clock = new SandboxClock(paceOf(1));
  const directory = mkdtempSync(join(tmpdir(), 'ecs-rotate-kill-'));
  const children = new Children(directory, clock, dieAt);
  const world = await startWorld({
    clock,
    estate: plainEstate({ newToken }),
    deliver: (request) => children.deliver(request),
  });
  try {
    await children.start(world);
    children.setSpeed(150);
    const stage = new Stage(world, children.asProduct(), newToken);
    await play(stage);
    takeAwsSettings(world.env);
    const { ledger } = wire({ env: world.env, clock }, 'report');
    const report = await reportOn(dieAt, stage, ledger, 'ghcr.io');
    return { stage, report, deaths: children.deaths };
  } finally {
    await children.stop();
    await world.close();
    clock.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The product's process, and its successors. */
class Children {
  deaths = 0;
  readonly #directory: string;
  readonly #clock: SandboxClock;
  readonly #dieAt: string;
  #child: ProductChild | undefined;
  #stopped = false;

  constructor(directory: string, clock: SandboxClock, dieAt: string) {
    this.#directory = directory;
    this.#clock = clock;
    this.#dieAt = dieAt;
  }

  async start(world: World): Promise<void> {
    const first = this.deaths === 0;
    const child = await startProductChild({
      env: world.env,
      directory: this.#directory,
      pace: this.#clock.pace,
      scans: first,
      onOutput: () => {},
      ...(first ? { dieAt: this.#dieAt } : {}),
    });
    this.#child = child;
    void child.gone.then(() => {
      if (this.#stopped) return undefined;
      this.deaths += 1;
      this.#child = undefined;
      return this.start(world);
    });
  }

  setSpeed(speed: number): void {
    this.#child?.setPace(this.#clock.setSpeed(speed));
  }

  deliver: ProductChild['deliver'] = async (request) => {
    if (!this.#child) throw new Error('the product is down');
    return this.#child.deliver(request);
  };

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#child?.kill();
  }

  /** What a stage may use of a product that is in another process: nothing but its Slack side. */
  asProduct(): Stage['product'] {
    const deliver = this.deliver;
    const elsewhere = () => {
      throw new Error('the product is in another process');
    };
    return {
      deliver,
      sweep: elsewhere,
      scan: elsewhere,
      close: async () => {},
      get engine(): never {
        return elsewhere();
      },
    };
  }
}
