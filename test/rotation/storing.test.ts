import { RotateError } from '../../src/errors.ts';
import { cancel } from '../../src/rotation/rules/transitions.ts';
import { begun } from './fakes/driver.ts';
import { prodSecret, stagingSecret } from './fakes/example-consumers.ts';
import { login } from './fakes/fake-credentials.ts';
import { newLogin, oldLogin, World } from './fakes/world.ts';

const staged = (world: World) => world.credentials.calls.filter((call) => call.startsWith('stage'));

test('a login that the registry refuses is stored nowhere, and nothing is locked', async () => {
  const world = new World();
  expect(await world.store({ password: 'mistyped' })).toEqual({
    result: 'login-refused',
    registry: 'ghcr.io',
  });
  expect(staged(world)).toEqual([]);
  expect(await world.ledger.open('ghcr.io')).toBeUndefined();
});

test('a registry that does not answer in time is no refusal: the checks will tell', async () => {
  const world = new World();
  world.registry.fault = { answer: 'unreachable' };
  expect(await world.store()).toMatchObject({ result: 'stored' });
});

test('the login in use already is told, and neither tried nor stored', async () => {
  const world = new World();
  expect(await world.store({ password: 'old-token' })).toEqual({ result: 'already-in-use' });
  expect(staged(world)).toEqual([]);
  expect(world.registry.calls).toEqual([]);
});

test('a login that only one of the secrets holds already is stored', async () => {
  const world = new World();
  world.credentials.changeByHand(prodSecret, 'v0', newLogin);
  expect(await world.store()).toMatchObject({ result: 'stored' });
});

test('a value in use that is no login does not keep a login from being stored', async () => {
  const world = new World();
  world.credentials.add(prodSecret, 'no-login');
  world.credentials.add(stagingSecret, 'no-login');
  expect(await world.store()).toMatchObject({ result: 'stored' });
});

test('a stored login stands under our label only, and the record names both versions of each secret', async () => {
  const world = new World();
  const key = await world.begin();
  const rotation = await world.ledger.read(key);
  expect(rotation).toMatchObject({ state: { phase: 'checking', round: 1 }, generation: 1 });
  for (const { id, baseVersionId, stagedVersionId } of rotation?.credentials ?? []) {
    expect(world.credentials.labelOf(id, 'AWSCURRENT')).toBe(baseVersionId);
    expect(world.credentials.labelOf(id, 'ecs-rotate-pending')).toBe(stagedVersionId);
    expect(world.credentials.inUse(id)).toEqual(oldLogin);
  }
  expect(rotation?.credentials).toHaveLength(2);
});

test('all secrets are stored at once, and the answer waits for each of them though one fails', async () => {
  const world = new World();
  const { credentials } = world;
  const stage = credentials.stage.bind(credentials);
  const begun: string[] = [];
  const ended: string[] = [];
  credentials.stage = async (...args) => {
    begun.push(args[0].id);
    if (args[0].id === stagingSecret) throw new RotateError('aws-failed', { action: 'put' });
    await new Promise((resolve) => setImmediate(resolve));
    ended.push(args[0].id);
    return stage(...args);
  };
  expect(await world.store()).toMatchObject({ result: 'failed', code: 'aws-failed' });
  expect(begun).toEqual([stagingSecret, prodSecret]);
  expect(ended).toEqual([prodSecret]);
});

test('no record and no answer holds the password', async () => {
  const world = new World();
  const answer = await world.store();
  const records = await world.ledger.listUnfinished();
  expect(JSON.stringify([answer, records])).not.toContain('new-token');
  expect(records[0]?.id).toMatch(/^[23456789A-HJ-NP-Z]{5}$/);
});

test('the same submission again is told, is the same rotation, and stores nothing more', async () => {
  const world = new World();
  const first = await world.begin();
  expect(await world.store()).toEqual({ result: 'repeated', key: first });
  expect(staged(world)).toHaveLength(2);
  expect(await world.ledger.listUnfinished()).toHaveLength(1);
});

test('a submission whose rotation has ended begins no second one under its name', async () => {
  const world = new World();
  const key = await world.begin();
  await world.ledger.change(key, (r) => cancel(r, { by: 'U_AYA', at: world.clock.now() }));
  expect(await world.store()).toEqual({ result: 'repeated', key });
  expect(await world.ledger.open('ghcr.io')).toBeUndefined();
});

test('a submission that was cut off while storing goes on when it is repeated, with the same versions', async () => {
  const world = new World();
  world.ledger.failOnce('change');
  await expect(world.store()).rejects.toThrow('table');
  expect(await world.ledger.open('ghcr.io')).toMatchObject({ state: { phase: 'staging' } });
  const first = world.credentials.labelOf(prodSecret, 'ecs-rotate-pending');
  expect(await world.store()).toMatchObject({ result: 'stored' });
  expect(world.credentials.labelOf(prodSecret, 'ecs-rotate-pending')).toBe(first);
});

test('a waiting request may be replaced, but only by who says so', async () => {
  const world = new World();
  const driver = await begun(world);
  const other = { submission: 'V2', ask: { by: 'U_KIM' } };
  const { id } = driver.key;
  expect(await world.store(other)).toEqual({ result: 'may-replace', id, by: 'U_AYA' });
  expect(await world.store({ ...other, replaces: 'ANOTHER' })).toMatchObject({ result: 'may-replace' });
  expect(staged(world)).toHaveLength(2);
  const answer = await world.store({ ...other, replaces: id });
  expect(answer).toMatchObject({ result: 'stored', ring: 'callback-1' });
  expect(await world.ledger.open('ghcr.io')).toMatchObject({ follows: id, ask: { by: 'U_KIM' } });
  expect(await world.ledger.read(driver.key)).toMatchObject({ state: { because: 'replaced', by: 'U_KIM' } });
});

test('a paused rotation may be followed by another login, which starts from what is in use now', async () => {
  const world = new World();
  const driver = await begun(world);
  world.registry.deny(newLogin, 'ghcr.io/acme/mailer');
  world.registry.revoke(oldLogin);
  await driver.approve();
  world.registry.accept(login('third-token'));
  const next = await begun(world, { submission: 'V2', password: 'third-token', replaces: driver.key.id });
  expect((await driver.go()).state).toMatchObject({ because: 'replaced' });
  const before = await driver.rotation();
  expect((await next.rotation()).credentials.map(({ baseVersionId }) => baseVersionId)).toEqual(
    before.credentials.map(({ stagedVersionId }) => stagedVersionId),
  );
  expect((await next.approve()).state).toMatchObject({ outcome: 'done' });
});

test('an approved rotation holds the registry, and says who and where', async () => {
  const world = new World();
  const driver = await begun(world);
  world.registry.accept(login('third-token'));
  const another = { submission: 'V2', password: 'third-token', replaces: driver.key.id };
  let answer: unknown;
  await driver.approveThen(async (verb) => {
    if (verb === 'watch') answer ??= await world.store(another);
  });
  expect(answer).toEqual({ result: 'held', id: driver.key.id, by: 'U_AYA', phase: 'rolling' });
});

test('a record that was left in staging blocks nobody once its lease has passed', async () => {
  const world = new World();
  world.ledger.failOnce('change');
  await world.store().catch(() => {});
  const other = { submission: 'V2', ask: { by: 'U_KIM' } };
  expect(await world.store(other)).toMatchObject({ result: 'may-replace' });
  world.clock.advance(60_000);
  expect(await world.store(other)).toMatchObject({ result: 'stored' });
});

test('a request that is cancelled while its value is being stored is not told as stored', async () => {
  const world = new World();
  const stage = world.credentials.stage.bind(world.credentials);
  world.credentials.stage = async (...given) => {
    const [held] = await world.ledger.listUnfinished();
    if (held) await world.ledger.change(held, (r) => cancel(r, { by: 'U_AYA', at: world.clock.now() }));
    return stage(...given);
  };
  expect(await world.store()).toMatchObject({ result: 'repeated' });
});

test('a login that nobody stored beforehand is missing by name, and nothing stays locked', async () => {
  const world = new World();
  await world.credentials.stage(
    { kind: 'secret', target: 'main', id: stagingSecret },
    newLogin,
    't'.repeat(40),
  );
  const answer = await world.store({ ask: { entry: 'stored' } });
  expect(answer).toEqual({ result: 'nothing-stored', name: 'prod/ghcr-pull' });
  expect(await world.ledger.open('ghcr.io')).toBeUndefined();
});

test('what is only to be proved has one version, before and after', async () => {
  const world = new World();
  const rotation = await world.ledger.read(await world.begin({ ask: { entry: 'in-use' } }));
  for (const { baseVersionId, stagedVersionId } of rotation?.credentials ?? [])
    expect(stagedVersionId).toBe(baseVersionId);
  expect(staged(world)).toEqual([]);
});

test.each(['condition', 'stage'] as const)(
  'an error of AWS in %s is told with what to do, and nothing stays locked',
  async (method) => {
    const world = new World();
    world.credentials.failOnce(method, prodSecret);
    world.credentials.changeByHand(stagingSecret, 'v0', newLogin);
    const answer = await world.store();
    expect(answer).toMatchObject({
      result: 'failed',
      code: 'aws-denied',
      next: expect.stringContaining('Allow'),
    });
    expect(await world.store({ submission: 'V2' })).toMatchObject({ result: 'stored' });
  },
);
