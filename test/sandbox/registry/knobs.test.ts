import type { Registry } from '../../../sandbox/registry/registry.ts';
import { type Clock, wallClock } from '../../../src/clock.ts';
import { ask, errorCode, good, limited, startExample, wrong } from './calling.ts';

const manifest = '/v2/team/app/manifests/1';
let registry: Registry;
let now = 1_000_000;
let slept: number[] = [];
const clock: Clock = {
  ...wallClock,
  now: () => now,
  sleep(ms) {
    slept.push(ms);
    return Promise.resolve();
  },
};

beforeEach(async () => {
  slept = [];
  registry = await startExample({ clock });
});
afterEach(() => registry.close());

const askFor = (authorization?: string, method = 'GET') => ask(registry, manifest, { authorization, method });

it('refuses connections, and comes back on the same address', async () => {
  await registry.turn({ down: 'refuse' });
  await registry.turn({ down: 'refuse' });
  await expect(askFor(good)).rejects.toThrow('fetch failed');
  await registry.turn({ down: 'no' });
  expect((await askFor(good)).status).toBe(200);
});

it('cuts connections, and records that nothing was answered', async () => {
  await registry.turn({ down: 'reset' });
  await expect(askFor(good)).rejects.toThrow('fetch failed');
  expect(registry.requests.at(-1)?.status).toBe(0);
});

it('answers 503', async () => {
  await registry.turn({ down: 'unavailable' });
  expect(registry.knobs.down).toBe('unavailable');
  expect((await askFor(good)).status).toBe(503);
});

it('shows a proxy page in its place, which is not the API', async () => {
  await registry.turn({ htmlPage: true });
  const page = await askFor(good);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers.get('docker-distribution-api-version')).toBeNull();
});

it('takes its time by the clock it was given', async () => {
  await registry.turn({ slowMs: 5000 });
  expect((await askFor(good)).status).toBe(200);
  expect(slept).toEqual([5000]);
});

it('throttles everything with 429 and says for how long', async () => {
  await registry.turn({ throttled: true });
  const answer = await askFor(good);
  expect([answer.status, errorCode(answer), answer.headers.get('retry-after')]).toEqual([
    429,
    'TOOMANYREQUESTS',
    '30',
  ]);
  await registry.turn({ throttled: false });
  expect((await askFor(good)).status).toBe(200);
});

it('counts pulls of each user, not looks, and refuses what is over the limit until the window ends', async () => {
  registry.users.grant('limited', 'team/app');
  await registry.turn({ pullLimit: { pulls: 2, windowMs: 60_000 } });
  const looked = await askFor(good, 'HEAD');
  expect(looked.headers.get('ratelimit-limit')).toBe('2;w=60');
  expect(looked.headers.get('ratelimit-remaining')).toBe('2;w=60');
  expect((await askFor(good)).headers.get('ratelimit-remaining')).toBe('1;w=60');
  await askFor(good);
  const over = await askFor(good);
  expect([over.status, errorCode(over), over.headers.get('ratelimit-remaining')]).toEqual([
    429,
    'TOOMANYREQUESTS',
    '0;w=60',
  ]);
  expect((await askFor(good, 'HEAD')).status).toBe(200);
  expect((await askFor(limited)).status).toBe(200);
  now += 60_000;
  expect((await askFor(good)).status).toBe(200);
});

it.each(['basic', 'bearer'] as const)('locks a user after failed logins (%s)', async (auth) => {
  const guarded = await startExample({ clock, auth });
  const path = auth === 'basic' ? manifest : '/token?scope=repository:team/app:pull';
  const statusOf = async (authorization: string) => (await ask(guarded, path, { authorization })).status;
  await guarded.turn({ lockout: { failures: 2, lockMs: 60_000 } });
  expect(await statusOf(wrong)).toBe(401);
  expect(await statusOf(good)).toBe(200);
  expect([await statusOf(wrong), await statusOf(wrong)]).toEqual([401, 401]);
  const locked = await ask(guarded, path, { authorization: good });
  expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, '60']);
  expect(locked.text).toContain('too many failed login attempts');
  expect(await statusOf(limited)).not.toBe(429);
  now += 60_000;
  expect(await statusOf(good)).toBe(200);
  await guarded.close();
});
