import { appCrash, denied, stale } from '../../../sandbox/scenarios/failing.ts';
import { runScenario } from '../../../sandbox/scenarios/run.ts';

/** Each asserts what people see and what AWS holds; here is only what its report must say. */
test('a refused first service is undone by itself, and the others are not touched', async () => {
  const { verdicts, current, base, lock } = await runScenario(denied);
  expect(verdicts).toMatchObject({ mailer: 'denied', api: 'unproven:next-start' });
  expect(current).toEqual(base);
  expect(lock).toBeNull();
}, 20_000);

test('an old copy of an image is no success, though ECS calls it one', async () => {
  const { verdicts, current, base, calls } = await runScenario(stale);
  expect(verdicts.worker).toBe('stale');
  expect(current).toEqual(base);
  expect(calls.PutSecretValue).toBe(2);
}, 20_000);

test('a program that ends by itself is no failure of the login, which stays in use', async () => {
  const { verdicts, current, staged, lock } = await runScenario(appCrash);
  expect(verdicts.mailer).toBe('crashed');
  expect(current).toEqual(staged);
  expect(lock).not.toBeNull();
}, 20_000);
