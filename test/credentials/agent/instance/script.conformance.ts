import { appendFileSync, chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../../../../src/credentials/agent/login-text.ts';
import { mergeLogin } from '../../../../src/credentials/agent/merge.ts';
import { SecretValue } from '../../../../src/secret-value.ts';
import {
  type InstanceOptions,
  type InstanceUnderTest,
  interpreters,
  password,
  registry,
  startInstance,
  userName,
} from './start-instance.ts';

/** The production script, unmodified, on container instances under bubblewrap. */
const old = `{"auth":"${Buffer.from('old:secret').toString('base64')}"}`;
const fresh = `{"auth":"${Buffer.from(`${userName}:${password}`).toString('base64')}"}`;
const usual = `ECS_CLUSTER=prod\nECS_ENGINE_AUTH_TYPE=dockercfg\nECS_ENGINE_AUTH_DATA={ "ghcr.io" : ${old}, "quay.io":${old} }\nA=b\n`;
const changed = usual.replace(old, fresh);
const login = { userName, password: SecretValue.of(password) };

let instance: InstanceUnderTest;

afterEach(async () => {
  expect(instance.server.problems).toEqual([]);
  expect(leftovers()).toEqual([]);
  await instance.close();
});

describe.each(interpreters())('under $name', (python) => {
  const start = async (options: InstanceOptions = {}): Promise<void> => {
    instance = await startInstance({ config: usual, ...options, python });
  };

  test('a login is changed in place, the agent restarted once, and the new login proven in force', async () => {
    await start();
    const { code, status } = await instance.run('apply');
    expect({ code, status }).toMatchObject({
      code: 0,
      status: { outcome: 'applied', host: 'al2023', reasons: [] },
    });
    expect(instance.config()).toBe(changed);
    expect(instance.host.agent.restarts).toBe(1);
  });

  test('applied again, nothing is written and nothing restarted', async () => {
    await start();
    await instance.run('apply');
    const { ino } = statSync(instance.host.directory.ecsConfig);
    expect(await instance.run('apply')).toMatchObject({ code: 0, status: { outcome: 'already' } });
    expect(statSync(instance.host.directory.ecsConfig).ino).toBe(ino);
    expect(instance.host.agent.restarts).toBe(1);
  });

  test('reading tells keys and digests, and never a value', async () => {
    await start();
    const salt = 'feedface'.repeat(4);
    const ran = await instance.run('inspect', { Salt: salt });
    const digest = digestOf({ userName: 'old', password: SecretValue.of('secret') }, salt);
    const logins = [
      { key: 'ghcr.io', digest },
      { key: 'quay.io', digest },
    ];
    expect(ran.status).toMatchObject({
      outcome: 'inspected',
      authType: 'dockercfg',
      cluster: 'prod',
      registries: logins,
      running: logins,
      problems: [],
      agent: { connected: true, version: '1.106.1' },
    });
    expect(ran.stdout).not.toMatch(/secret|b2xkOnNlY3JldA/);
    expect(instance.server.calls).toEqual([]);
  });

  test('reading tells a change that the agent has not been restarted for', async () => {
    await start();
    writeFileSync(instance.host.directory.ecsConfig, changed);
    expect((await instance.run('inspect')).status).toMatchObject({ problems: [{ name: 'restart-pending' }] });
  });

  test('reading tells of user data that would bring the old login back', async () => {
    await start({ userData: `#!/bin/sh\necho ECS_ENGINE_AUTH_DATA='{}' >> /etc/ecs/ecs.config\n` });
    expect((await instance.run('inspect')).status).toMatchObject({
      problems: [{ name: 'user-data-writes-login' }],
    });
  });

  test('a dry run fetches the value and changes nothing', async () => {
    await start();
    expect(await instance.run('dry-run')).toMatchObject({
      code: 0,
      status: { outcome: 'ready', reasons: [] },
    });
    expect(instance.server.calls.map(({ operation, status }) => [operation, status])).toEqual([
      ['GetSecretValue', 200],
    ]);
    expect(instance.config()).toBe(usual);
    expect(instance.host.agent.restarts).toBe(0);
  });

  const files: Record<string, string | undefined> = {
    'CRLF line ends': usual.replaceAll('\n', '\r\n'),
    'duplicate lines': `${usual}${usual.replace('quay', 'other')}`,
    quotes: `ECS_ENGINE_AUTH_TYPE=dockercfg\nECS_ENGINE_AUTH_DATA='{"ghcr.io":${old}}'\n`,
    'no final newline': usual.trimEnd(),
    'no auth lines and no final newline': 'ECS_CLUSTER=prod',
    nothing: '',
    'no file': undefined,
    'the type docker': `ECS_ENGINE_AUTH_TYPE=docker\nECS_ENGINE_AUTH_DATA={"quay.io":{"username":"q","password":"w"}}\n`,
    'the seed\u2019s broken sample':
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

  test('S5: on Amazon Linux 1 the agent is restarted by stop and start', async () => {
    await start({ family: 'al1' });
    expect((await instance.run('apply')).status).toMatchObject({ outcome: 'applied', host: 'al1' });
    expect(instance.host.agent.restarts).toBe(1);
  });

  test('S5: an agent that was down on Amazon Linux 1 is started', async () => {
    await start({ family: 'al1' });
    instance.host.agent.stop();
    expect((await instance.run('apply')).status).toMatchObject({ outcome: 'applied' });
  });

  test('a slow agent is waited for', async () => {
    await start();
    Object.assign(instance.host.agent.knobs, { startMs: 1200, connectMs: 800 });
    expect((await instance.run('apply')).status).toMatchObject({ outcome: 'applied' });
  });

  test('an agent that does not come back gets its previous content again, and this is said', async () => {
    await start();
    instance.host.agent.knobs.comesBack = ({ ECS_ENGINE_AUTH_DATA: data }) =>
      data?.includes(old) === true && !data.includes(fresh);
    const { code, status } = await instance.run('apply', { Limit: '2' });
    expect({ code, status }).toMatchObject({
      code: 1,
      status: { outcome: 'restored', agentBack: true, reasons: [{ name: 'agent-not-back' }] },
    });
    expect(instance.config()).toBe(usual);
    expect(instance.host.agent.metadata()).toBeDefined();
  });

  test('a file that was not there is gone again where the agent does not come back, which it never does', async () => {
    instance = await startInstance({ python });
    instance.host.agent.knobs.comesBack = () => false;
    expect((await instance.run('apply', { Limit: '1' })).status).toMatchObject({
      outcome: 'restored',
      agentBack: false,
    });
    expect(instance.config()).toBeUndefined();
  });

  test('a parse warning in the new part of the log takes the change back', async () => {
    await start();
    const { agentLog } = instance.host.directory;
    instance.host.agent.knobs.comesBack = ({ ECS_ENGINE_AUTH_DATA: data }) => {
      if (data?.includes(fresh))
        appendFileSync(agentLog, `level=warn msg="Could not parse 'dockercfg' type auth config"\n`);
      return true;
    };
    expect((await instance.run('apply')).status).toMatchObject({
      outcome: 'restored',
      reasons: [{ name: 'parse-warning' }],
    });
    expect(instance.config()).toBe(usual);
  });

  test('a warning of an earlier start, or about another registry, does not', async () => {
    await start({ config: usual.replace(`"quay.io":${old}`, '"quay.io":{"auth":"broken"}') });
    appendFileSync(
      instance.host.directory.agentLog,
      `level=warn msg="Could not parse 'dockercfg' type auth config"\n`,
    );
    expect((await instance.run('apply')).status).toMatchObject({ outcome: 'applied' });
  });

  test('a run that ended between writing and restarting is finished by one restart', async () => {
    await start();
    writeFileSync(instance.host.directory.ecsConfig, changed);
    expect((await instance.run('apply')).status).toMatchObject({ outcome: 'applied' });
    expect(instance.host.agent.restarts).toBe(1);
  });

  test('where such a run’s agent does not come back, there is nothing to restore, and this is said', async () => {
    await start();
    writeFileSync(instance.host.directory.ecsConfig, changed);
    instance.host.agent.knobs.comesBack = () => false;
    const { status } = await instance.run('apply', { Limit: '1' });
    expect(status).toMatchObject({
      outcome: 'failed',
      reasons: [{ name: 'agent-not-back' }, { name: 'nothing-to-restore' }],
    });
  });

  test('of two runs at once the second does nothing', async () => {
    await start();
    instance.host.agent.knobs.startMs = 1500;
    const both = await Promise.all([instance.run('apply'), instance.run('apply')]);
    expect(both.map(({ status }) => status.outcome).sort()).toEqual(['applied', 'refused']);
    expect(instance.host.agent.restarts).toBe(1);
  });

  test.each(['dry-run', 'apply'])(
    '%s says that the role may not read the secret, and which role',
    async (mode) => {
      await start();
      instance.iam.deny('ecsInstanceRole', 'secretsmanager:GetSecretValue');
      const { status } = await instance.run(mode);
      expect(status.reasons).toEqual([{ name: 'secret-denied', detail: 'ecsInstanceRole' }]);
      expect(instance.config()).toBe(usual);
    },
  );

  test('an instance without a role is told', async () => {
    await start({ credentials: () => undefined });
    expect((await instance.run('dry-run')).status).toMatchObject({
      outcome: 'not-ready',
      reasons: [{ name: 'no-role' }],
    });
  });

  test('a version that is not there is told', async () => {
    await start();
    const { status } = await instance.run('apply', { VersionId: '0'.repeat(32) });
    expect(status).toMatchObject({ outcome: 'refused', reasons: [{ name: 'secret-not-found' }] });
  });

  test.each([
    'not json',
    '"text"',
    '{"username":"x"}',
    '{"username":"","password":"x"}',
    '{"username":1,"password":"x"}',
  ])('a secret that holds %s is not written anywhere', async (value) => {
    await start({ value });
    const { status } = await instance.run('apply');
    expect(status).toMatchObject({ outcome: 'refused', reasons: [{ name: 'secret-malformed' }] });
    expect(instance.config()).toBe(usual);
  });

  test('the value is nowhere but in ecs.config', async () => {
    await start();
    const runs = [await instance.run('dry-run'), await instance.run('apply'), await instance.run('inspect')];
    const { directory } = instance.host;
    const printed = runs.map(({ stdout, stderr }) => stdout + stderr).join('\n');
    const kept = [directory.var, directory.run, directory.bin].map(readTree).join('\n');
    for (const text of [password, 'm4rker', fresh.slice(10, -2), JSON.stringify(password).slice(1, -1)]) {
      expect(printed + kept).not.toContain(text);
    }
    expect(readTree(directory.etc).split(fresh)).toHaveLength(2);
    expect(runs.map(({ stderr }) => stderr)).toEqual(['', '', '']);
  });
});

function leftovers(): string[] {
  const names = readdirSync(join(instance.host.directory.etc, 'ecs'));
  return names.filter((name) => name !== 'ecs.config' && name !== 'ecs.config.json');
}

function readTree(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
}
