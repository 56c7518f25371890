import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundle, bundle } from '../../scripts/bundle.ts';
import { type FunctionName, functionNames, sizeLimits } from '../../scripts/functions.ts';
import { least } from '../config/environment.ts';
import { actionsIn } from './calls.ts';
import { rightsOf } from './roles.ts';
import { makeTemplate, type Template } from './template.ts';

let template: Template;
let directory: string;
const bundles = new Map<FunctionName, Bundle>();

beforeAll(async () => {
  template = makeTemplate();
  directory = mkdtempSync(join(tmpdir(), 'bundles-'));
  for (const name of functionNames) {
    bundles.set(name, await bundle(`src/functions/${name}.ts`, join(directory, `${name}.mjs`)));
  }
}, 60_000);

afterAll(() => rmSync(directory, { recursive: true }));

const { ECS_ROTATE_SLACK_SECRET: _, ...settings } = least;
const environment = {
  ...settings,
  AWS_REGION: 'eu-west-1',
  ECS_ROTATE_SLACK_SIGNING_SECRET: 'signing',
  ECS_ROTATE_SLACK_BOT_TOKEN: 'xoxb-1',
};

/** In a bundle because adapters come whole, called by nothing the function does, and so not allowed. */
const withheld: Readonly<Record<FunctionName, readonly string[]>> = {
  slack: ['dynamodb:BatchWriteItem', 'lambda:ListDurableExecutionsByFunction'],
  desk: ['dynamodb:BatchWriteItem', 'dynamodb:PutItem'],
  store: ['dynamodb:BatchWriteItem', 'dynamodb:Query', 'secretsmanager:UpdateSecretVersionStage'],
  check: [
    'ecs:ListServiceDeployments',
    'ecs:UpdateService',
    'secretsmanager:PutSecretValue',
    'secretsmanager:UpdateSecretVersionStage',
  ],
  rotation: [
    'dynamodb:BatchWriteItem',
    'ecs:DescribeTaskDefinition',
    'ecs:ListClusters',
    'ecs:ListContainerInstances',
    'ecs:ListServices',
    'ecs:ListTaskDefinitionFamilies',
    'iam:SimulatePrincipalPolicy',
    'lambda:ListDurableExecutionsByFunction',
    'secretsmanager:GetResourcePolicy',
    'secretsmanager:PutSecretValue',
  ],
  keeper: [
    'dynamodb:BatchWriteItem',
    'lambda:SendDurableExecutionCallbackSuccess',
    'secretsmanager:PutSecretValue',
  ],
};
/** Asked for by Lambda, KMS and the SDK of durable functions, not by commands of ours. */
const unseen = /^(logs|kms):|^lambda:(CheckpointDurableExecution|GetDurableExecutionState)$/;

describe.each(functionNames)('the bundle of %s', (name) => {
  it('calls what its role allows, save for what is withheld, and the role allows nothing else', () => {
    const called = actionsOf(name);
    const allowed = [...rightsOf(template, name).keys()].filter((action) => !unseen.test(action));
    expect(allowed.filter((action) => !called.includes(action))).toEqual([]);
    expect(called.filter((action) => !allowed.includes(action))).toEqual(withheld[name]);
  });

  it('loads as an ES module and exports the handler', () => {
    expect(run(name, 'process.stdout.write(typeof handler)')).toBe('function');
  });

  it('is no larger than it may be', () => {
    const { bytes = 0 } = bundles.get(name) ?? {};
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(sizeLimits[name] ?? 4_000_000);
  });
});

it('the bundle of slack refuses a request without a signature', () => {
  const request = {
    version: '2.0',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    requestContext: { http: { method: 'POST', path: '/slack/events' } },
    body: 'command=%2Fecs-rotate',
    isBase64Encoded: false,
  };
  const program = `const { statusCode } = await handler(${JSON.stringify(request)}, {}); process.stdout.write(String(statusCode))`;
  expect(run('slack', program)).toBe('401');
});

it('the bundle of slack has no code of ECS, IAM or socket mode in it', () => {
  const outputs = Object.values(bundles.get('slack')?.metafile.outputs ?? {});
  const inputs = outputs.flatMap((output) => Object.entries(output.inputs));
  const paths = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  expect(paths).toContainEqual(expect.stringContaining('@slack/bolt'));
  expect(paths.filter((path) => /client-(ecs|iam)\/|@slack\/socket-mode\/|\/undici\//.test(path))).toEqual(
    [],
  );
});

/** What a program prints that has the bundle's `handler`. A file of its own: `node -e` would lend it a `require`. */
function run(name: FunctionName, program: string): string {
  const path = join(directory, `run-${name}.mjs`);
  writeFileSync(path, `import { handler } from './${name}.mjs';\n${program};\n`);
  return execFileSync(process.execPath, [path], { env: environment, encoding: 'utf8' });
}

function actionsOf(name: FunctionName): string[] {
  const built = bundles.get(name);
  return built ? [...actionsIn(built.metafile)].sort() : [];
}
