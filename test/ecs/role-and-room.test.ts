import { addService, type EstateUnderTest, image, role, scanned, startEstate } from './start-estate.ts';

let under: EstateUnderTest;

beforeEach(async () => {
  under = await startEstate();
});
afterEach(async () => {
  expect(under.server.problems).toEqual([]);
  await under.close();
});

describe('roleMayRead', () => {
  const ask = (roleArn = role) => under.estate.roleMayRead('prod', roleArn, under.arns.hub);

  test('is true where IAM says so, and asks for no value', async () => {
    expect(await ask()).toBe(true);
    expect(under.count('GetSecretValue')).toBe(0);
  });

  test('is false where no policy allows it', async () => {
    under.iam.deny(role, 'secretsmanager:GetSecretValue', under.arns.hub);
    expect(await ask()).toBe(false);
  });

  test('cannot be told where a policy on the secret may allow it after all', async () => {
    under.iam.deny(role, 'secretsmanager:GetSecretValue');
    under.secrets.setResourcePolicy('prod/hub', '{"Version":"2012-10-17","Statement":[]}');
    expect(await ask()).toBeUndefined();
  });

  test('cannot be told where we may not ask', async () => {
    under.server.faults.add({ kind: 'access-denied', operation: 'SimulatePrincipalPolicy' });
    expect(await ask()).toBeUndefined();
  });

  test('is false for a role that is gone, and cannot be told of what is no role', async () => {
    under.iam.removeRole(role);
    expect(await ask()).toBe(false);
    expect(await ask('arn:aws:sts::111122223333:federated-user/x')).toBeUndefined();
  });
});

describe('hasRoom', () => {
  const definition = (more: object) => ({ definition: { cpu: '1024', memory: '2048', ...more } });
  const addEc2 = async (options: object = definition({})) => {
    await addService(under, {
      name: 'web',
      service: { launchType: 'EC2', desiredCount: 1 },
      ...options,
    });
    return scanned(under, 'web');
  };

  beforeEach(async () => {
    await under.call('CreateCluster', { clusterName: 'main' });
  });

  test('is not asked on Fargate', async () => {
    await addService(under, { name: 'web' });
    expect(await under.estate.hasRoom(await scanned(under, 'web'))).toBeUndefined();
  });

  test('is true while an instance has what one more task takes, and false after', async () => {
    under.ecs.addInstance({ cluster: 'main', cpu: 2048 });
    const web = await addEc2();
    await under.time.pass(60_000);
    expect(await under.estate.hasRoom(web)).toBe(true);
    await under.call('UpdateService', { cluster: 'main', service: 'web', desiredCount: 2 });
    await under.time.pass(60_000);
    expect(await under.estate.hasRoom(web)).toBe(false);
  });

  test('does not count an instance that drains or has lost its agent', async () => {
    const web = await addEc2();
    const lost = under.ecs.addInstance({ cluster: 'main', cpu: 8192 });
    under.ecs.setInstance(lost, { agentConnected: false });
    const draining = under.ecs.addInstance({ cluster: 'main', cpu: 8192 });
    under.ecs.setInstance(draining, { status: 'DRAINING' });
    expect(await under.estate.hasRoom(web)).toBe(false);
  });

  test.each([
    ['1 vCPU and 2 GB', { cpu: '1 vCPU', memory: '2 GB' }, true],
    ['more memory than there is', { cpu: '256', memory: '16 GB' }, false],
  ])('reads amounts such as %s', async (_, amounts, expected) => {
    under.ecs.addInstance({ cluster: 'main', cpu: 8192 });
    const web = await addEc2({ definition: amounts, containers: { [image('web')]: under.arns.hub } });
    expect(await under.estate.hasRoom(web)).toBe(expected);
  });

  test('adds up the containers where the task names no amounts', async () => {
    under.ecs.addInstance({ cluster: 'main', memory: 300 });
    const containers = { [image('web')]: under.arns.hub, 'nginx:1': '' };
    expect(await under.estate.hasRoom(await addEc2({ containers }))).toBe(false);
  });
});
