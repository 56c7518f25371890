/* biome-ignore-all lint/suspicious/noConsole: this is a command that prints */
/**
 * `npm start`: the world in this process, the product in another, and a page that imitates Slack on 127.0.0.1, port 3000
 * or PORT. Everything is planted anew at each start.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Pace, SandboxClock } from './clock.ts';
import { showcaseEstate } from './estate/showcase.ts';
import { helpOf } from './help.ts';
import { type KnobTools, listKnobs, turnKnob } from './knobs.ts';
import { type ProductChild, startProductChild } from './process/product-child.ts';
import { statusOf } from './status.ts';
import { startWorld, type World } from './world.ts';

const port = numberFrom('PORT', 3000, 65_535);
/** A rollout of half an hour is watched in about a minute; the page can change it. */
const speed = numberFrom('SANDBOX_SPEED', 30, 300);

const clock = new SandboxClock();
const directory = mkdtempSync(join(tmpdir(), 'ecs-rotate-'));
let product: ProductChild | undefined;
let world: World | undefined;
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));

const tools: KnobTools = {
  setSpeed: (times) => tell(clock.setSpeed(times)),
  jump: (ms) => tell(clock.jump(ms)),
  async killProduct() {
    await product?.kill();
  },
};

world = await startWorld({
  clock,
  estate: showcaseEstate(),
  port,
  deliver: (request) => product?.deliver(request) ?? Promise.reject(new Error('the bot is not running')),
  pageExtras: {
    commands: [
      { command: '/ecs-rotate', description: 'replace a registry login' },
      { command: '/ecs-rotate', usage: 'status [login]', description: 'who uses it, and what is open' },
      { command: '/ecs-rotate', usage: 'explain <error text>', description: 'what a failed pull means' },
      { command: '/ecs-rotate', usage: 'help', description: 'what it does' },
    ],
    help: () => (world ? helpOf(world) : []),
    knobs: () => (world ? listKnobs(world) : []),
    onKnob: (id, value) => (world ? turnKnob(world, tools, id, value) : undefined),
    status: () => (world ? statusOf(world) : { services: [] }),
  },
}).catch(giveUp);
tell(clock.setSpeed(speed));
await keepProduct(world, true);
console.log(`ecs-rotate sandbox: open ${world.slack.url} (Ctrl+C ends it)`);
for (const [id, { server }] of world.targets) console.log(`  AWS stand-in of ${id}: ${server.url}`);

/** Starts the bot, and starts it again whenever it is killed, as Lambda would. */
async function keepProduct(running: World, scans: boolean): Promise<void> {
  product = await startProductChild({ env: running.env, directory, pace: clock.pace, scans });
  void product.gone.then(() => keepProduct(running, false));
}

function tell(pace: Pace): void {
  product?.setPace(pace);
}

/** Says why it cannot run, and what to do where that is known. */
function giveUp(error: unknown): never {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(
    isTaken
      ? `Port ${port} is taken, perhaps by another sandbox. End that one, or choose another port: PORT=${port + 1} npm start`
      : error,
  );
  process.exit(1);
}

/** A setting of the environment. Ends the process where it is no number from 1 to `most`. */
function numberFrom(name: string, otherwise: number, most: number): number {
  const value = Number(process.env[name] ?? otherwise);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  console.error(`${name} is a whole number from 1 to ${most}, not ${process.env[name]}.`);
  process.exit(1);
}
