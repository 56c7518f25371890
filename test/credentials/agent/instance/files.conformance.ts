import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mergeLogin } from '../../../../src/credentials/agent/merge.ts';
import {
  endInstance,
  type InstanceOptions,
  type InstanceUnderTest,
  interpreters,
  startInstance,
} from './start-instance.ts';
import { fresh, login, old, registry, usual } from './texts.ts';

/** What becomes of ecs.config. The production script, unmodified, on an instance under bubblewrap. */
let instance: InstanceUnderTest;

afterEach(() => endInstance(instance));

describe.each(interpreters())('under $name', (python) => {
  const start = async (options: InstanceOptions = {}): Promise<void> => {
    instance = await startInstance({ config: usual, ...options, python });
  };

  const files: Record<string, string | undefined> = {
    'CRLF line ends': usual.replaceAll('\n', '\r\n'),
    'duplicate lines': `${usual}${usual.replace('quay', 'other')}`,
    quotes: `ECS_ENGINE_AUTH_TYPE=dockercfg\nECS_ENGINE_AUTH_DATA='{"ghcr.io":${old}}'\n`,
    'no final newline': usual.trimEnd(),
    'no auth lines and no final newline': 'ECS_CLUSTER=prod',
    nothing: '',
    'no file': undefined,
    'the type docker': `ECS_ENGINE_AUTH_TYPE=docker\nECS_ENGINE_AUTH_DATA={"quay.io":{"username":"q","password":"w"}}\n`,
    'the article\u2019s broken sample':
      'ECS_CLUSTER=TestECSCluster\nECS_ENGINE_AUTH_TYPE=dockercfg\nECS_ENGINE_AUTH_DATA={"https://index.docker.io/v1/":{"auth","a2vpdGhhd3M6UGFzc3dvcmQ="}}\n',
  };

  test.each(Object.keys(files))('S4: a file with %s ends as the reference has it, in force', async (name) => {
    const text = files[name];
    instance = await startInstance({ ...(text !== undefined && { config: text }), python });
    const wanted = mergeLogin({ text: text ?? '', registry, login });
    expect((await instance.run('apply')).status).toMatchObject({ outcome: 'applied' });
    expect({ is: 'merged', text: instance.config() }).toEqual({
      is: 'merged',
      text: 'text' in wanted && wanted.text,
    });
  });

  test('S3: the plain type docker is turned into dockercfg where that is asked for', async () => {
    await start({ config: files['the type docker'] ?? '' });
    expect((await instance.run('apply', { AuthType: 'dockercfg' })).status).toMatchObject({
      outcome: 'applied',
    });
    const data = `{"quay.io":{"auth":"${Buffer.from('q:w').toString('base64')}"},"ghcr.io":${fresh}}`;
    expect(instance.config()).toBe(`ECS_ENGINE_AUTH_TYPE=dockercfg\nECS_ENGINE_AUTH_DATA=${data}\n`);
  });

  test('the file keeps its mode', async () => {
    await start();
    chmodSync(instance.host.directory.ecsConfig, 0o640);
    await instance.run('apply');
    expect(statSync(instance.host.directory.ecsConfig).mode & 0o7777).toBe(0o640);
  });

  test('a new file is for root alone', async () => {
    instance = await startInstance({ python });
    await instance.run('apply');
    expect(statSync(instance.host.directory.ecsConfig).mode & 0o7777).toBe(0o600);
  });

  test('what a killed run left behind is removed', async () => {
    await start();
    writeFileSync(join(instance.host.directory.etc, 'ecs/.ecs.config.ecs-rotate-4711'), 'a login');
    expect((await instance.run('apply')).status).toMatchObject({ outcome: 'applied' });
  });

  test.each(['dry-run', 'apply'])(
    'a read-only directory is told by %s, and nothing changes',
    async (mode) => {
      await start({ mounts: ['--remount-ro', '/etc'] });
      expect((await instance.run(mode)).status).toMatchObject({ reasons: [{ name: 'read-only' }] });
      expect(instance.config()).toBe(usual);
      expect(instance.host.agent.restarts).toBe(0);
    },
  );

  test.each(['dry-run', 'apply'])('a full disk is told by %s, and nothing changes', async (mode) => {
    // Two pages of memory for /etc/ecs: one for the file, and one that is filled.
    await start({ mounts: ['--size', '8192', '--tmpfs', '/etc/ecs'] });
    const { run } = instance.host.directory;
    writeFileSync(join(run, 'before'), usual);
    const fill = 'cp /run/standin/before /etc/ecs/ecs.config; cat /dev/zero >/etc/ecs/filler 2>/dev/null';
    const look = 'cp /etc/ecs/ecs.config /run/standin/after; ls -A /etc/ecs >/run/standin/names';
    const { status } = await instance.run(mode, {}, { before: fill, after: look });
    expect(status.reasons?.map(({ name }) => name)).toEqual(['disk-full']);
    expect(readFileSync(join(run, 'after'), 'utf8')).toBe(usual);
    expect(readFileSync(join(run, 'names'), 'utf8')).toBe('ecs.config\nfiller\n');
    expect(instance.host.agent.restarts).toBe(0);
  });
});
