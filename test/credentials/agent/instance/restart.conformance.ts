import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import {
  endInstance,
  type InstanceOptions,
  type InstanceUnderTest,
  interpreters,
  startInstance,
} from './start-instance.ts';
import { changed, fresh, old, usual } from './texts.ts';

/** What becomes of the agent. The production script, unmodified, on an instance under bubblewrap. */
let instance: InstanceUnderTest;

afterEach(() => endInstance(instance));

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
});
