import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { tableDefinition } from '../src/records/table.ts';
import { startTargetWorld, type TargetWorld } from './aws/target-world.ts';
import type { SandboxClock } from './clock.ts';
import { sandboxEnvironment } from './environment.ts';
import { channels, directory } from './estate/people.ts';
import type { EstatePlan } from './estate/plan.ts';
import { moveTags, plantRegistries, plantTarget, type Registries } from './estate/plant.ts';
import { type Registry, startRegistry } from './registry/registry.ts';
import type { PageExtras } from './slack/page-extras.ts';
import { type Slack, startSlack } from './slack/start-slack.ts';
import type { Deliver } from './slack/workspace.ts';

export interface WorldOptions {
  readonly clock: SandboxClock;
  readonly estate: EstatePlan;
  /** Brings Slack's requests to the product. */
  readonly deliver: Deliver;
  /** Port of the page; any free one where not given. */
  readonly port?: number;
  readonly pageExtras?: PageExtras;
  /** Settings of the product that differ from the sandbox's own. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Everything around the product: registries, AWS, the table and Slack, on loopback. */
export interface World {
  readonly clock: SandboxClock;
  readonly plan: EstatePlan;
  readonly registries: Registries;
  readonly targets: ReadonlyMap<string, TargetWorld>;
  readonly slack: Slack;
  /** Environment of the product's functions, but for the address of Lambda. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const signingSecret = 'sandbox-signing-secret';
const botToken = 'xoxb-sandbox-token';
const tableName = 'ecs-rotate';
/** Where engines really ask for images of the Hub. */
const hubApi = 'registry-1.docker.io';

/** Starts the stand-ins and plants the estate: when it resolves, every service runs with the login in use. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { clock, estate } = options;
  const registries = await startRegistries(options);
  plantRegistries(estate, registries);
  const targets = await startTargets(options, registries);
  const table = await startTable();
  const slack = await startSlack({
    ...directory,
    clock,
    signingSecret,
    botToken,
    deliver: options.deliver,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.pageExtras ? { pageExtras: options.pageExtras } : {}),
  });
  await becomeSteady(clock, targets);
  moveTags(estate, registries);
  return {
    clock,
    plan: estate,
    registries,
    targets,
    slack,
    env: sandboxEnvironment({
      targets: estate.targets.map(({ id, region, stage }) => ({
        id,
        region,
        stage,
        endpoint: urlOf(targets, id),
      })),
      registries: new Map([...registries].map(([host, { url }]) => [host, url])),
      slack: { apiUrl: slack.apiUrl, signingSecret, botToken, channel: channels.deploys },
      dynamo: table.url,
      tableName,
      ...(options.settings ? { settings: options.settings } : {}),
    }),
    async close() {
      await slack.close();
      for (const target of targets.values()) await target.close();
      for (const registry of registries.values()) await registry.close();
      await table.close();
    },
  };
}

async function startRegistries({ clock, estate }: WorldOptions): Promise<Registries> {
  const registries = new Map<string, Registry>();
  for (const { host, auth, manner } of estate.registries) {
    registries.set(host, await startRegistry({ clock, host, auth, ...(manner ? { manner } : {}) }));
  }
  return registries;
}

async function startTargets(
  { clock, estate }: WorldOptions,
  registries: Registries,
): Promise<Map<string, TargetWorld>> {
  const targets = new Map<string, TargetWorld>();
  for (const plan of estate.targets) {
    const registry = (host: string) => registries.get(host === hubApi ? 'docker.io' : host)?.url;
    const world = await startTargetWorld({ clock, registry, account: '111122223333', region: plan.region });
    await plantTarget(estate, plan, world, registries);
    targets.set(plan.id, world);
  }
  return targets;
}

async function startTable(): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never text
  const url = `http://127.0.0.1:${port}`;
  const client = new DynamoDBClient({ endpoint: url, region: 'eu-west-1', credentials: noCredentials });
  await client.send(new CreateTableCommand(tableDefinition(tableName)));
  client.destroy();
  return { url, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

const noCredentials = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };

/** Lets the estate come to rest, a hundred times as fast as it would. */
async function becomeSteady(clock: SandboxClock, targets: ReadonlyMap<string, TargetWorld>): Promise<void> {
  const { speed } = clock.pace;
  clock.setSpeed(Math.max(speed, 200));
  const services = () => [...targets.values()].flatMap(({ ecs }) => ecs.services());
  for (let tries = 0; services().some(({ steady }) => !steady) && tries < 600; tries++)
    await clock.sleep(1_000);
  clock.setSpeed(speed);
}

function urlOf(targets: ReadonlyMap<string, TargetWorld>, id: string): string {
  const target = targets.get(id);
  if (!target) throw new Error(`no target ${id}`);
  return target.server.url;
}
