import { begun } from '../fakes/driver.ts';
import { prodSecret, stagingSecret } from '../fakes/example-consumers.ts';
import { World } from '../fakes/world.ts';

test('two secrets with one login are changed, every service pulls, and the old login may be revoked', async () => {
  const world = new World();
  const driver = await begun(world);
  expect((await driver.rotation()).state).toMatchObject({ phase: 'waiting', needed: 1, round: 1 });
  expect(world.credentials.calls.filter((call) => call.startsWith('move'))).toEqual([]);
  const { state } = await driver.approve();
  expect(state).toMatchObject({ phase: 'closed', outcome: 'done', left: [] });
  expect(await driver.verdicts()).toEqual({ web: 'pulled', mailer: 'pulled', preview: 'pulled' });
  expect(world.estate.restarted).toEqual(['preview', 'mailer', 'web']);
  for (const secret of [prodSecret, stagingSecret]) {
    expect(
      world.credentials
        .inUse(secret)
        ?.password.equals(
          (
            await world.credentials.readLogin(
              { kind: 'secret', target: 'main', id: secret },
              world.credentials.labelOf(secret, 'AWSCURRENT') ?? '',
            )
          ).password,
        ),
    ).toBe(true);
    expect([...(world.credentials.secrets.get(secret)?.labels.keys() ?? [])]).toEqual(['AWSCURRENT']);
  }
  expect(world.announcer.phases).toEqual([
    'checking',
    'waiting',
    'approved',
    'changing',
    'rolling',
    'closed',
  ]);
});
