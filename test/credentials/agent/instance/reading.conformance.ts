import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../../../../src/credentials/agent/login-text.ts';
import { SecretValue } from '../../../../src/secret-value.ts';
import {
  endInstance,
  type InstanceOptions,
  type InstanceUnderTest,
  interpreters,
  startInstance,
} from './start-instance.ts';
import { changed, fresh, password, usual } from './texts.ts';

/** What a reading and a dry run tell, and what they keep to themselves. The production script, unmodified, on an instance under bubblewrap. */
let instance: InstanceUnderTest;

afterEach(() => endInstance(instance));

describe.each(interpreters())('under $name', (python) => {
  const start = async (options: InstanceOptions = {}): Promise<void> => {
    instance = await startInstance({ config: usual, ...options, python });
  };

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

function readTree(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
}
