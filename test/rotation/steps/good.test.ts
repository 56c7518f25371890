import { begun } from '../fakes/driver.ts';
import { prodSecret, serviceOf, stagingSecret, taskDefinitionOf } from '../fakes/example-consumers.ts';
import { login } from '../fakes/fake-credentials.ts';
import { newLogin, oldLogin, threeServices, World } from '../fakes/world.ts';

test('two secrets with one login are changed, every service pulls, and nothing of ours stays behind', async () => {
  const world = new World();
  const driver = await begun(world);
  expect((await driver.rotation()).state).toMatchObject({ phase: 'waiting', needed: 1, round: 1 });
  expect(world.credentials.calls.filter((call) => call.startsWith('move'))).toEqual([]);
  const { state } = await driver.approve();
  expect(state).toMatchObject({ phase: 'closed', outcome: 'done', left: [] });
  expect(await driver.verdicts()).toEqual({ web: 'pulled', mailer: 'pulled', preview: 'pulled' });
  for (const secret of [prodSecret, stagingSecret]) {
    expect(world.credentials.inUse(secret)).toEqual(newLogin);
    expect([...(world.credentials.secrets.get(secret)?.labels.keys() ?? [])]).toEqual(['AWSCURRENT']);
  }
});

test('staging goes first, then the smallest of production alone, and each service restarts once', async () => {
  const world = new World();
  const driver = await begun(world);
  await driver.approve();
  expect(world.estate.restarted).toEqual(['preview', 'mailer', 'web']);
  expect(driver.done.filter((verb) => verb === 'restart')).toHaveLength(3);
});

test('people see every phase once, and one reply at the end', async () => {
  const world = new World();
  const driver = await begun(world);
  await driver.approve();
  const phases = ['checking', 'waiting', 'approved', 'changing', 'rolling', 'closed'];
  expect(world.announcer.phases).toEqual(phases);
  expect(world.announcer.kinds).toEqual(['asked-again', 'ended']);
  expect((await driver.rotation()).message).toEqual({ channel: 'C_OPS', ts: '1.0' });
});

test('the end is shown again until Slack takes it, for a day at most', async () => {
  for (const [times, shown] of [
    [5, 'closed'],
    [500, 'rolling'],
  ] as const) {
    const world = new World();
    const driver = await begun(world);
    world.announcer.downFor = { phase: 'closed', times };
    const before = world.clock.now();
    expect((await driver.approve()).state).toMatchObject({ phase: 'closed', outcome: 'done' });
    expect(world.announcer.phases.at(-1)).toBe(shown);
    expect(world.clock.now() - before).toBeLessThan(26 * 3_600_000);
  }
});

test('nothing restarts before the new login has settled for 30 seconds', async () => {
  const world = new World();
  const driver = await begun(world);
  const approvedAt = driver.now;
  await driver.approve();
  const { settledAt } = await driver.rotation();
  expect(settledAt).toBe(approvedAt + 30_000);
  const [record] = await world.ledger.consumers(driver.key);
  expect(world.estate.service('preview').tasks[0]?.createdAt).toBeGreaterThanOrEqual(settledAt ?? Infinity);
  expect(record?.progress.is).toBe('steady');
});

test('what cannot be forced or would start a newer build is left out, and the end says so', async () => {
  const world = new World({
    services: [
      ...threeServices,
      serviceOf('billing', { controller: 'CODE_DEPLOY' }),
      serviceOf('report', { images: [{ ...imageOf('report'), runningDigest: 'sha256:old' }] }),
    ],
  });
  world.registry.digests.set('ghcr.io/acme/report:1', 'sha256:new');
  world.estate.others.push(taskDefinitionOf('nightly'));
  const driver = await begun(world);
  const { state } = await driver.approve();
  expect(state).toMatchObject({ phase: 'closed', outcome: 'finished' });
  const left = state.phase === 'closed' ? state.left.map(({ name, because }) => `${name} ${because}`) : [];
  expect(left).toEqual(['billing code-deploy', 'report moved-tag', 'nightly next-start']);
  expect(world.estate.restarted).not.toContain('billing');
});

test('only proving a login that was changed by hand moves nothing, restarts and proves', async () => {
  const world = new World();
  world.credentials.changeByHand(prodSecret, 'by-hand', newLogin);
  world.credentials.changeByHand(stagingSecret, 'by-hand', newLogin);
  const driver = await begun(world, { ask: { entry: 'in-use' } });
  const { state } = await driver.approve();
  expect(state).toMatchObject({ outcome: 'done' });
  expect(world.credentials.calls).toEqual([]);
  expect(await driver.verdicts()).toMatchObject({ web: 'pulled' });
});

test('a login stored beforehand under our label is used, and nobody types it', async () => {
  const world = new World();
  for (const id of [prodSecret, stagingSecret])
    await world.credentials.stage({ kind: 'secret', target: 'main', id }, login('new-token'), 't'.repeat(40));
  const driver = await begun(world, { ask: { entry: 'stored' } });
  expect((await driver.approve()).state).toMatchObject({ outcome: 'done' });
  expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
});

test('a rotation that redeploys nothing changes the login and leaves every service to its next start', async () => {
  const world = new World();
  const driver = await begun(world, { ask: { redeploy: 'none' } });
  const { state } = await driver.approve();
  expect(state).toMatchObject({ outcome: 'finished', because: 'proved' });
  expect(state.phase === 'closed' && state.left.map(({ because }) => because)).toEqual(
    Array(3).fill('not-asked'),
  );
  expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
  expect(world.estate.restarted).toEqual([]);
});

test('a digest that a host may have cached is never counted as pulled', async () => {
  const image = `ghcr.io/acme/pinned@sha256:${'a'.repeat(64)}`;
  const images = [{ container: 'app', image, credentialId: prodSecret }];
  const world = new World({
    services: [...threeServices, serviceOf('pinned', { launchType: 'EC2', images })],
  });
  world.estate.service('pinned').behaviour = 'cached';
  const driver = await begun(world);
  expect((await driver.approve()).state).toMatchObject({ outcome: 'finished', left: [{ name: 'pinned' }] });
  expect(await driver.verdicts()).toMatchObject({ pinned: 'pinned-may-be-cached', web: 'pulled' });
});

test('tasks are listed only where something moved: far fewer lists than looks', async () => {
  const world = new World();
  const driver = await begun(world);
  await driver.approve();
  expect(world.estate.taskLists).toBeLessThan(world.estate.looks);
  expect(world.estate.looks).toBeLessThan(40);
});

test('a refused old login is no stop: it is told, and nothing could be gone back to', async () => {
  const world = new World();
  world.registry.revoke(oldLogin);
  const driver = await begun(world, { ask: { why: 'expired' } });
  const report = await world.ledger.report(driver.key);
  expect(report?.findings.map(({ check }) => check)).toContain('no-way-back');
  expect((await driver.approve()).state).toMatchObject({ outcome: 'done' });
});

function imageOf(name: string) {
  return { container: 'app', image: `ghcr.io/acme/${name}:1`, credentialId: prodSecret };
}
