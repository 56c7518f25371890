import type { Finding } from '../../../src/rotation/rules/checks.ts';
import type { ServiceConsumer } from '../../../src/rotation/rules/consumer.ts';
import { imageOf, prodSecret, serviceOf, taskDefinitionOf } from '../fakes/example-consumers.ts';
import { login } from '../fakes/fake-credentials.ts';
import { newLogin, oldLogin, World } from '../fakes/world.ts';

const mailer = imageOf('mailer');

/** One round of checks in a world that was changed after the login was stored. */
async function checked(
  change: (world: World) => void,
  parts: Parameters<World['begin']>[0] = {},
  services?: readonly ServiceConsumer[],
): Promise<{ world: World; stopped: boolean; oldLoginWorks?: boolean; findings: readonly Finding[] }> {
  const world = new World(services ? { services } : {});
  const key = await world.begin(parts);
  world.registry.calls.length = 0;
  change(world);
  const result = await world.checker.check(key);
  const report = await world.ledger.report(key);
  return { world, ...result, findings: report?.findings ?? [] };
}

const names = (findings: readonly Finding[]) => findings.map(({ check }) => check);

test('where all is well there is nothing but good news', async () => {
  const { stopped, oldLoginWorks, findings } = await checked(() => {});
  expect({ stopped, oldLoginWorks }).toEqual({ stopped: false, oldLoginWorks: true });
  expect(names(findings)).toEqual(['images-readable', 'can-go-back', 'roles-can-read']);
});

test.each<[string, (world: World) => void, Finding['check'], boolean]>([
  ['a new login that is refused', (w) => w.registry.revoke(newLogin), 'login-refused', true],
  ['an image only the old login may read', (w) => w.registry.deny(newLogin, mailer), 'image-worse', true],
  [
    'an image neither may read',
    (w) => {
      w.registry.deny(newLogin, mailer);
      w.registry.deny(oldLogin, mailer);
    },
    'image-no-worse',
    false,
  ],
  ['an image that is gone', (w) => w.registry.missing.add('ghcr.io/acme/mailer'), 'image-no-worse', false],
  ['a public image', (w) => w.registry.publicImages.add('ghcr.io/acme/mailer'), 'images-public', false],
  [
    'a registry that asks for patience',
    (w) => {
      w.registry.fault = { answer: 'undecided', because: 'rate-limited' };
    },
    'image-undecided',
    false,
  ],
  [
    'a registry that cannot be reached',
    (w) => {
      w.registry.fault = { answer: 'unreachable' };
    },
    'image-unreachable',
    false,
  ],
  ['an old login that is refused', (w) => w.registry.revoke(oldLogin), 'no-way-back', false],
  [
    'a role that may not read',
    (w) => void w.estate.roles.set(roleOf('web'), false),
    'role-cannot-read',
    true,
  ],
  [
    'a secret of another service',
    (w) => condition(w, { owningService: 'redshift' }),
    'owned-by-service',
    true,
  ],
  ['a replica', (w) => condition(w, { isReplica: true }), 'replica', true],
  ['a secret pending deletion', (w) => condition(w, { pendingDeletion: true }), 'pending-deletion', true],
  ['rotation by AWS', (w) => condition(w, { rotationEnabled: true }), 'rotation-on', false],
  [
    'what starts by schedule',
    (w) => void w.estate.others.push(taskDefinitionOf('nightly')),
    'next-start',
    false,
  ],
])('%s is found, and stops or not', async (_what, change, check, isStopped) => {
  const { findings, stopped } = await checked(change);
  expect(names(findings)).toContain(check);
  expect(stopped).toBe(isStopped);
});

test.each<[string, Partial<ServiceConsumer>, Finding['check'], Finding['facts']]>([
  ['a deployment in progress', { midDeployment: true }, 'deployment-in-progress', { service: 'x' }],
  ['CodeDeploy', { controller: 'CODE_DEPLOY' }, 'cannot-force', { service: 'x', because: 'code-deploy' }],
  ['blue/green', { strategy: 'BLUE_GREEN' }, 'cannot-force', { service: 'x', because: 'blue-green' }],
  ['desired 0', { desired: 0 }, 'cannot-force', { service: 'x', because: 'desired-zero' }],
  [
    'one task a host, which stops first',
    { scheduling: 'DAEMON', launchType: 'EC2', minimumHealthyPercent: 0, maximumPercent: 100 },
    'stops-first',
    { service: 'x' },
  ],
  [
    'limits that let no task stop or start',
    { maximumPercent: 100 },
    'cannot-roll',
    { service: 'x', why: 'limits' },
  ],
  [
    'one task of which half must run',
    { desired: 1, minimumHealthyPercent: 50, maximumPercent: 150 },
    'cannot-roll',
    { service: 'x', why: 'limits' },
  ],
])('a service with %s is told of', async (_what, parts, check, facts) => {
  const { findings } = await checked(() => {}, {}, [serviceOf('x', parts)]);
  expect(findings).toContainEqual({ check, facts });
});

test('an image the new login may not read is told as such, though the old one could not be tried', async () => {
  const { findings } = await checked(
    (world) => {
      world.registry.deny(newLogin, imageOf('x'));
      world.registry.answerFor(oldLogin, { answer: 'undecided', because: 'timeout' });
    },
    {},
    [serviceOf('x')],
  );
  const check = 'image-perhaps-worse';
  expect(findings.find((finding) => finding.check === check)?.facts).toMatchObject({ because: 'timeout' });
});

test('what does not restart anyway is not weighed', async () => {
  const stuck = serviceOf('x', { midDeployment: true, maximumPercent: 100 });
  const { findings } = await checked(() => {}, { ask: { redeploy: 'none' } }, [stuck]);
  expect(names(findings)).not.toContain('deployment-in-progress');
  expect(names(findings)).not.toContain('cannot-roll');
});

test('a cluster without room for one more task is told of, unless a task may stop first', async () => {
  const full = (world: World) => {
    world.estate.room = false;
  };
  const needsRoom = await checked(full, {}, [serviceOf('x')]);
  expect(needsRoom.findings).toContainEqual({
    check: 'cannot-roll',
    facts: { service: 'x', why: 'capacity' },
  });
  const mayStop = await checked(full, {}, [serviceOf('x', { minimumHealthyPercent: 50 })]);
  expect(names(mayStop.findings)).not.toContain('cannot-roll');
});

test('a refused login is asked once and no more, however many images: it must not be locked', async () => {
  const services = Array.from({ length: 20 }, (_, n) => serviceOf(`s${n}`));
  const { world } = await checked((w) => w.registry.revoke(newLogin), {}, services);
  const asked = world.registry.calls.filter((call) => call.startsWith('login'));
  // Twenty times the login in use, once the new one.
  expect(asked).toHaveLength(21);
});

test('an old login that is refused is asked once, though both secrets hold it', async () => {
  const { world, oldLoginWorks } = await checked((w) => w.registry.revoke(oldLogin));
  expect(oldLoginWorks).toBe(false);
  expect(world.registry.calls.filter((call) => call.startsWith('login'))).toHaveLength(3 + 1);
});

test('a public image is asked for as nobody only, and says nothing of a login', async () => {
  const { world, oldLoginWorks } = await checked((w) => w.registry.publicImages.add('ghcr.io/acme/web'), {}, [
    serviceOf('web'),
  ]);
  expect(world.registry.calls).toEqual([`nobody ${imageOf('web')}`]);
  expect(oldLoginWorks).toBeUndefined();
});

test('a leaked login is no way back, though it works', async () => {
  const { findings, oldLoginWorks } = await checked(() => {}, { ask: { why: 'leaked' } });
  expect(oldLoginWorks).toBe(true);
  expect(names(findings)).toContain('no-way-back');
});

test('a value in use that is no login counts as refused', async () => {
  const world = new World();
  world.credentials.add(prodSecret, 'no-login');
  const key = await world.begin({
    credentials: [{ kind: 'secret', target: 'main', id: prodSecret, name: 'p' }],
  });
  world.registry.accept(login('new-token'));
  expect(await world.checker.check(key)).toMatchObject({ stopped: false, oldLoginWorks: false });
});

test('of two logins in use of which one is refused neither is said of both', async () => {
  const { oldLoginWorks } = await checked((w) => {
    w.credentials.secrets.get(prodSecret)?.versions.set('v1', login('another-old-token'));
  });
  expect(oldLoginWorks).toBeUndefined();
});

test('a login in use that cannot be read is not taken for a refused one', async () => {
  const world = new World();
  const key = await world.begin();
  world.credentials.failOnce('readLogin', prodSecret);
  await expect(world.checker.check(key)).rejects.toThrow('aws-denied');
  world.credentials.failOnce('readLogin');
  await expect(world.checker.attempt(key, 'base', [imageOf('web')])).rejects.toThrow('aws-denied');
});

test('what is only to be proved has no way back, and nothing is said of one', async () => {
  const { findings } = await checked(() => {}, { ask: { entry: 'in-use' } });
  expect(names(findings)).toEqual(['images-readable', 'roles-can-read']);
});

function roleOf(name: string): string {
  return `arn:aws:iam::111122223333:role/${name}`;
}

function condition(world: World, parts: Record<string, unknown>): void {
  const secret = world.credentials.secrets.get(prodSecret);
  if (secret) secret.condition = parts;
}

test('images that could not be told for one reason are told in one line, so that they hide nothing else', async () => {
  const services = ['api', 'mailer', 'web'].map((name) => serviceOf(name));
  const { findings } = await checked(
    (w) => {
      w.registry.fault = { answer: 'undecided', because: 'rate-limited' };
    },
    {},
    services,
  );
  const facts = { repository: 'acme/api', because: 'rate-limited', more: 2 };
  expect(findings.filter(({ check }) => check === 'image-undecided')).toEqual([
    { check: 'image-undecided', facts },
  ]);
});

test('a service whose image neither login may read is left out: a restart could only fail', async () => {
  const { world, findings } = await checked((w) => {
    w.registry.deny(newLogin, mailer);
    w.registry.deny(oldLogin, mailer);
  });
  expect(findings).toContainEqual({
    check: 'image-no-worse',
    facts: { repository: 'acme/mailer', service: 'mailer' },
  });
  const rotation = await world.ledger.open('ghcr.io');
  const plan = rotation ? await world.ledger.consumers(rotation) : [];
  const leftOut = plan.filter(({ planned }) => planned.action === 'leave-out');
  expect(leftOut.map(({ consumer, planned }) => ({ name: consumer.name, planned }))).toEqual([
    { name: 'mailer', planned: { action: 'leave-out', because: 'unreadable' } },
  ]);
});
