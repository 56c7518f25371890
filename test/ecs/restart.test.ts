import { isRotateError } from '../../src/errors.ts';
import type { ServiceConsumer } from '../../src/rotation/rules/consumer.ts';
import { addService, type EstateUnderTest, scanned, startEstate, untilSteady } from './start-estate.ts';

let under: EstateUnderTest;
let web: ServiceConsumer;

beforeEach(async () => {
  under = await startEstate();
  await addService(under, { name: 'web' });
  await untilSteady(under, 'web');
  web = await scanned(under, 'web');
  under.forget();
});
afterEach(async () => {
  expect(under.server.problems).toEqual([]);
  await under.close();
});

const deployments = () => under.ecs.services()[0]?.deployments ?? [];
const updates = () => under.server.calls.filter(({ operation }) => operation === 'UpdateService');

test('forces a new deployment and answers its id and time', async () => {
  await under.time.pass(5_000);
  const restarted = await under.estate.restart(web);
  expect(restarted).toEqual({ deploymentId: deployments()[0]?.id, createdAt: under.time.now() });
  expect(deployments()).toHaveLength(2);
});

test('asks for nothing else, so no setting of the service is written', async () => {
  await under.estate.restart(web);
  expect(updates().map(({ input }) => input)).toEqual([
    { cluster: web.clusterArn, service: web.arn, forceNewDeployment: true },
  ]);
});

test('tries again, and waits in between, only where AWS asked it to slow down', async () => {
  under.server.faults.add({ kind: 'throttle', operation: 'UpdateService', next: 3 });
  await under.estate.restart(web);
  expect(under.slept).toEqual([1_000, 2_000, 4_000]);
  expect(deployments()).toHaveLength(2);
});

test('gives up being throttled in the end', async () => {
  under.server.faults.add({ kind: 'throttle', operation: 'UpdateService' });
  const error: unknown = await under.estate.restart(web).catch((caught: unknown) => caught);
  expect(isRotateError(error, 'aws-throttled')).toBe(true);
  expect(updates()).toHaveLength(6);
});

test.each(['lost-answer', 'server-error', 'html-502'] as const)(
  'leaves it to the caller to look where nobody knows what happened: %s',
  async (kind) => {
    under.server.faults.add({ kind, operation: 'UpdateService', next: 1 });
    const error: unknown = await under.estate.restart(web).catch((caught: unknown) => caught);
    expect(isRotateError(error, 'aws-failed')).toBe(true);
    expect(updates()).toHaveLength(1);
    expect(deployments()).toHaveLength(kind === 'lost-answer' ? 2 : 1);
  },
);

test('says that AWS refuses to force a service of CodeDeploy, in its words', async () => {
  await addService(under, { name: 'blue', service: { deploymentController: { type: 'CODE_DEPLOY' } } });
  const error: unknown = await under.estate.restart(await scanned(under, 'blue')).catch((e: unknown) => e);
  expect(isRotateError(error, 'service-not-forced') && error.facts).toEqual({
    name: 'blue',
    reason: expect.stringContaining('CodeDeploy'),
  });
});

test('says that a service is gone', async () => {
  const error: unknown = await under.estate.restart({ ...web, arn: `${web.arn}x` }).catch((e: unknown) => e);
  expect(isRotateError(error, 'service-missing') && error.facts.name).toBe('web');
});
