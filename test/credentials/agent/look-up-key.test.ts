import { hostOfImage, type LookedUp, lookUpKey } from '../../../src/credentials/agent/look-up-key.ts';

const key = (text: string): LookedUp => ({ is: 'key', key: text });
const none: LookedUp = { is: 'none' };
const hub = 'index.docker.io/v1/';

test.each<[image: string, keys: string[], found: LookedUp]>([
  ['nginx', [hub], key(hub)],
  ['acme/web:1', [hub], key(hub)],
  ['docker.io/acme/web', [hub], key(hub)],
  ['index.docker.io/acme/web', [hub], key(hub)],
  ['registry-1.docker.io/acme/web', [hub], key(hub)],
  ['nginx', ['docker.io', 'index.docker.io', 'index.docker.io/v1', 'registry-1.docker.io'], none],
  ['nginx', ['ghcr.io'], none],
  ['ghcr.io/acme/api:1', ['ghcr.io'], key('ghcr.io')],
  ['ghcr.io/acme/api', ['quay.io', 'ghcr'], none],
  ['ghcr.io/acme/api', ['ghcr.io', 'ghcr.io/acme'], key('ghcr.io/acme')],
  ['ghcr.io/acme/api', ['ghcr.io/acme/api', 'ghcr.io', 'ghcr.io/acme'], key('ghcr.io/acme/api')],
  ['ghcr.io/acme-labs/api', ['ghcr.io', 'ghcr.io/acme'], key('ghcr.io/acme')],
  ['ghcr.io/acme-labs/api', ['ghcr.io', 'ghcr.io/acme/'], key('ghcr.io')],
  ['ghcr.io/acme/api', ['ghcr.io', 'ghcr.io/'], key('ghcr.io/')],
  ['ghcr.io/acme/api', ['ghcr.io/v2/'], key('ghcr.io/v2/')],
  ['ghcr.io/acme/api', ['ghcr.io', 'ghcr.io/v2/'], key('ghcr.io')],
  ['ghcr.io/acme/api', ['GHCR.io'], none],
  ['ghcr.io/acme/api:1.2', ['ghcr.io', 'ghcr.io/acme/api:1'], key('ghcr.io/acme/api:1')],
  [`ghcr.io/acme/api@sha256:${'a'.repeat(64)}`, ['ghcr.io'], key('ghcr.io')],
  ['reg.example.com:5000/a', ['reg.example.com:5000'], key('reg.example.com:5000')],
  ['reg.example.com:5000/a', ['reg.example.com'], none],
  [
    'ghcr.io/acme/api',
    ['ghcr.io/one', 'ghcr.io/two'],
    { is: 'any-of', keys: ['ghcr.io/one', 'ghcr.io/two'] },
  ],
  // The longer key of another namespace is kept where the agent meets it first.
  ['ghcr.io/a/api', ['ghcr.io/a', 'ghcr.io/bb'], { is: 'any-of', keys: ['ghcr.io/a', 'ghcr.io/bb'] }],
  ['ghcr.io/acme/api', ['ghcr.io/acme', 'ghcr.io/b'], key('ghcr.io/acme')],
])('%s with %j gets %j', (image, keys, found) => {
  expect(lookUpKey(image, keys)).toEqual(found);
});

test.each([
  ['nginx', 'docker.io'],
  ['host:5000', 'docker.io'],
  ['host:5000/app', 'host:5000'],
  ['localhost/app', 'localhost'],
  ['Registry/app', 'docker.io'],
  ['127.0.0.1:5000/app:1', '127.0.0.1:5000'],
])('%s is an image of %s', (image, host) => {
  expect(hostOfImage(image)).toBe(host);
});

/** The agent's loop, in one order of its map. */
function walk(image: string, host: string, order: readonly string[]): string {
  let taken = order.includes(host) ? host : '';
  for (const one of order) {
    if (one.split('/')[0] !== host) continue;
    if (taken === '' || (one.length > taken.length && image.startsWith(one))) taken = one;
  }
  return taken;
}

function ordersOf(keys: readonly string[]): string[][] {
  if (keys.length < 2) return [[...keys]];
  return keys.flatMap((first) =>
    ordersOf(keys.filter((one) => one !== first)).map((rest) => [first, ...rest]),
  );
}

test('finds what the loop finds in every order of every choice of keys', () => {
  const all = ['g.io', 'g.io/', 'g.io/a', 'g.io/a/b', 'g.io/ab', 'h.io', 'g.io/longer-than-all'];
  for (let choice = 0; choice < 2 ** all.length; choice += 1) {
    const keys = all.filter((_, index) => (choice >> index) % 2 === 1);
    if (keys.length > 5) continue;
    const orders = ordersOf(keys);
    for (const image of ['g.io/a/b:1', 'g.io/ab/c', 'g.io/z', 'h.io/a']) {
      const host = image.split('/')[0] ?? '';
      const walked = new Set(orders.map((order) => walk(image, host, order)).filter((one) => one !== ''));
      const found = lookUpKey(image, keys);
      const told = found.is === 'any-of' ? found.keys : found.is === 'key' ? [found.key] : [];
      expect([image, keys, [...told].sort()]).toEqual([image, keys, [...walked].sort()]);
    }
  }
});
