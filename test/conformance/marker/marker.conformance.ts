import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { startProduct } from '../../../sandbox/product.ts';
import { scenarios } from '../../../sandbox/scenarios/index.ts';
import { runScenario } from '../../../sandbox/scenarios/run.ts';
import type { Stage } from '../../../sandbox/scenarios/stage.ts';
import { findForms, formsOf } from './find-marker.ts';

jest.setTimeout(60_000);

/** Holds characters that URLs, JSON and shells escape, so that an escaped copy is another text. */
const marker = 'ghp_Mark"er%2F+\\/7Qz9&=x';
const inUse = 'ghp_OldTokenForTheSandbox01';
const forms = new Map([
  ...[...formsOf('acme-pull', marker)].map(([name, form]) => [`new login, ${name}`, form] as const),
  ...[...formsOf('acme-pull', inUse)].map(([name, form]) => [`login in use, ${name}`, form] as const),
]);

let written: string[];
let directory: string;

beforeEach(() => {
  written = [];
  directory = mkdtempSync(join(tmpdir(), 'ecs-rotate-marker-'));
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
  }
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true, force: true });
});

describe('the search', () => {
  it('finds every form, at every offset, and nothing in other text', () => {
    for (const [name, form] of forms) expect(findForms(`before ${form} after`, forms)).toContain(name);
    for (const offset of ['', 'a', 'ab', 'abc']) {
      const encoded = Buffer.from(`${offset}acme-pull:${marker}!`).toString('base64');
      expect(findForms(encoded, forms).length).toBeGreaterThan(0);
    }
    expect(findForms('ghp_Mark and acme-pull', forms)).toEqual([]);
  });
});

describe('a value is nowhere but where it may be', () => {
  it.each(scenarios.map(({ name }) => name))('in %s', async (name) => {
    const scenario = scenarios.find((known) => known.name === name);
    if (!scenario) throw new Error(name);
    const events: string[] = [];
    const product = (world: Stage['world']) =>
      startProduct({
        clock: world.clock,
        env: world.env,
        directory,
        onInvoke: (invoked, event) => void (invoked === 'store' || events.push(JSON.stringify(event))),
      });
    const found: Record<string, string[]> = {};
    await runScenario(scenario, {
      newToken: marker,
      product,
      async inspect(stage, report) {
        for (const [place, text] of await placesOf(stage)) found[place] = findForms(text, forms);
        found['the report'] = findForms(JSON.stringify(report), forms);
      },
    });
    found.output = findForms(written.join(''), forms);
    found['events of functions'] = findForms(events.join('\n'), forms);
    for (const file of readdirSync(directory)) {
      found[file] = findForms(readFileSync(join(directory, file)).toString('latin1'), forms);
    }
    expect(Object.entries(found).filter(([, forms]) => forms.length > 0)).toEqual([]);
  });
});

/** Everything the product has said to the outside. PutSecretValue may hold the value: that is its place. */
async function placesOf({ world }: Stage): Promise<[string, string][]> {
  const aws = [...world.targets.values()].flatMap(({ server }) => server.calls);
  const said = aws.filter(({ operation }) => operation !== 'PutSecretValue');
  return [
    ['AWS requests', JSON.stringify(said)],
    ['Slack calls', JSON.stringify(world.slack.state.calls)],
    ['messages', JSON.stringify(world.slack.state.messages)],
    ['ephemerals', JSON.stringify(world.slack.state.ephemerals)],
    ['views', JSON.stringify([...world.slack.state.views.values()].map(({ view }) => view))],
    ['the table', await dumpTable(world.env.ECS_ROTATE_DYNAMO_ENDPOINT)],
    // The path and query of a registry request; its Authorization header is where the login belongs.
    [
      'registry paths',
      JSON.stringify([...world.registries.values()].map(({ requests }) => requests.map((r) => r.path))),
    ],
  ];
}

async function dumpTable(endpoint: string | undefined): Promise<string> {
  const client = new DynamoDBClient({ ...(endpoint ? { endpoint } : {}) });
  const items: unknown[] = [];
  let ExclusiveStartKey: Record<string, never> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: 'ecs-rotate', ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}) }),
    );
    items.push(...(page.Items ?? []));
    // The key is handed back as it came.
    ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey;
  } while (ExclusiveStartKey);
  client.destroy();
  return JSON.stringify(items);
}
