import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import type { Registry } from '../../../sandbox/registry/registry.ts';
import { ask, basic, errorCode, good, limited, startExample, wrong } from './calling.ts';

const manifest = '/v2/team/app/manifests/1';
let registry: Registry;

beforeEach(async () => {
  registry = await startExample();
});
afterEach(() => registry.close());

describe('content', () => {
  it('serves an image whole: every digest is that of the bytes', async () => {
    const served = await ask(registry, manifest, { authorization: good });
    const { config, layers } = JSON.parse(served.text);
    expect(served.headers.get('docker-content-digest')).toBe(sha256(Buffer.from(served.text)));
    for (const { digest, size } of [config, ...layers]) {
      const response = await fetch(`${registry.url}/v2/team/app/blobs/${digest}`, {
        headers: { authorization: good },
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      expect([sha256(bytes), bytes.length]).toEqual([digest, size]);
    }
  });

  it('moves a tag to another build and keeps the old digest', async () => {
    const before = registry.repositories.digestOf('team/app', '1');
    const after = registry.repositories.publish('team/app', '1', '2');
    const served = await ask(registry, manifest, { authorization: good, method: 'HEAD' });
    expect(after).not.toBe(before);
    expect(served.headers.get('docker-content-digest')).toBe(after);
    expect((await ask(registry, `/v2/team/app/manifests/${before}`, { authorization: good })).status).toBe(
      200,
    );
  });

  it('gives the same digest for the same build', () => {
    const before = registry.repositories.digestOf('team/app', '1');
    expect(registry.repositories.publish('team/app', '1')).toBe(before);
  });

  it('forgets a removed tag and lists what is left', async () => {
    registry.repositories.publish('team/app', '2');
    registry.repositories.removeTag('team/app', '1');
    expect((await ask(registry, manifest, { authorization: good })).status).toBe(404);
    expect(JSON.parse((await ask(registry, '/v2/team/app/tags/list', { authorization: good })).text)).toEqual(
      {
        name: 'team/app',
        tags: ['2'],
      },
    );
    expect(registry.repositories.list().map(({ repository }) => repository)).toEqual([
      'team/app',
      'open/app',
    ]);
  });

  it('answers 304 to who has the digest', async () => {
    const digest = registry.repositories.digestOf('team/app', '1');
    const same = await ask(registry, manifest, { authorization: good, ifNoneMatch: `"${digest}"` });
    expect([same.status, same.text]).toEqual([304, '']);
  });

  it('refuses writes: nothing is pushed here', async () => {
    const answer = await ask(registry, manifest, { authorization: good, method: 'PUT' });
    expect([answer.status, errorCode(answer)]).toEqual([405, 'UNSUPPORTED']);
  });
});

describe('users', () => {
  const statusFor = async (authorization?: string, path = manifest) =>
    (await ask(registry, path, { authorization })).status;

  it('tells a wrong login from a missing right', async () => {
    expect(await statusFor(good)).toBe(200);
    expect(await statusFor(wrong)).toBe(401);
    expect(await statusFor(basic('nobody', 'x'))).toBe(401);
    expect(await statusFor('Basic !!!')).toBe(401);
    expect(await statusFor('Digest x')).toBe(401);
    expect(await statusFor(limited)).toBe(403);
  });

  it('holds a changed password from the next request on', async () => {
    registry.users.setPassword('good', 's3cret-two');
    expect(await statusFor(good)).toBe(401);
    expect(await statusFor(basic('good', 's3cret-two'))).toBe(200);
  });

  it('takes a right away from under a wider one, and gives it back', async () => {
    registry.users.take('good', 'team/app');
    registry.repositories.publish('team/other', '1');
    expect(await statusFor(good)).toBe(403);
    expect(await statusFor(good, '/v2/team/other/manifests/1')).toBe(200);
    registry.users.grant('good', 'team/app');
    expect(await statusFor(good)).toBe(200);
  });

  it('grants a single repository or everything', async () => {
    registry.users.grant('limited', 'team/app');
    expect(await statusFor(limited)).toBe(200);
    registry.users.take('limited', 'team/app');
    expect(await statusFor(limited)).toBe(403);
    registry.users.grant('limited', '*');
    expect(await statusFor(limited)).toBe(200);
  });

  it('keeps several tokens of one user apart', () => {
    registry.users.add('robot', 'first', ['team/app'], 'robot/1');
    registry.users.add('robot', 'second', ['team/other'], 'robot/2');
    expect(registry.users.findLogin('robot', 'second')).toBe('robot/2');
    expect(registry.users.mayPull('robot/2', 'team/app')).toBe(false);
    expect(registry.users.mayPull('robot/1', 'team/app')).toBe(true);
  });

  it('refuses a revoked login', async () => {
    registry.users.revoke('good');
    expect(await statusFor(good)).toBe(401);
    expect(registry.users.list().map(({ name }) => name)).toEqual(['limited']);
    expect(() => registry.users.setPassword('good', 'x')).toThrow('no login good');
  });

  it('gives a public repository to nobody in particular, but not to a wrong login', async () => {
    expect(await statusFor(undefined, '/v2/open/app/manifests/1')).toBe(200);
    expect(await statusFor(limited, '/v2/open/app/manifests/1')).toBe(200);
    expect(await statusFor(wrong, '/v2/open/app/manifests/1')).toBe(401);
  });

  it('asks nobody where it has no logins', async () => {
    const open = await startExample({ auth: 'none' });
    expect((await ask(open, manifest)).status).toBe(200);
    expect((await ask(open, '/token')).status).toBe(404);
    await open.close();
  });
});

describe('the record of requests', () => {
  it('keeps who asked for what, never what was carried', async () => {
    await ask(registry, manifest, { authorization: good });
    await ask(registry, manifest, { authorization: wrong });
    expect(registry.requests).toMatchObject([
      { method: 'GET', path: manifest, scheme: 'Basic', user: 'good', status: 200 },
      { scheme: 'Basic', user: null, status: 401 },
    ]);
    expect(JSON.stringify(registry.requests)).not.toContain(good.slice(6));
  });
});

it('survives a request that is no path', async () => {
  await new Promise<void>((resolve) => {
    const socket = connect(Number(new URL(registry.url).port), '127.0.0.1', () => {
      socket.end('OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    });
    socket.on('close', () => resolve()).resume();
  });
  expect((await ask(registry, '/v2/', { authorization: good })).status).toBe(200);
});

function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
