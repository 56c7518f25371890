import { SandboxClock } from '../../../sandbox/clock.ts';
import { plainEstate } from '../../../sandbox/estate/plain.ts';
import { startWorld, type World } from '../../../sandbox/world.ts';
import { type AwsCli, awsCliFor } from './aws-cli.ts';

const cluster = 'prod-web';
let world: World;
let aws: AwsCli;

beforeAll(async () => {
  const deliver = () => Promise.reject(new Error('nobody is asked here'));
  world = await startWorld({ clock: new SandboxClock(), estate: plainEstate(), deliver });
  world.clock.setSpeed(200);
  aws = awsCliFor(world, 'prod');
}, 60_000);

afterAll(async () => {
  await world?.close();
  world?.clock.close();
});

describe('the AWS CLI, unmodified, against the stand-in', () => {
  it('lists clusters and services', async () => {
    const clusters = await aws('ecs', 'list-clusters');
    expect(clusters).toMatchObject({
      exit: 0,
      printed: { clusterArns: expect.arrayContaining([expect.stringMatching(/:cluster\/prod-web$/)]) },
    });
    const { exit, printed } = await aws('ecs', 'list-services', '--cluster', cluster);
    expect(exit).toBe(0);
    const arns = ['api', 'mailer', 'web'].map((name) =>
      expect.stringMatching(new RegExp(`:service/prod-web/${name}$`)),
    );
    expect(printed).toEqual({ serviceArns: expect.arrayContaining(arns) });
    expect(printed).toHaveProperty('serviceArns.length', 3);
  });

  it('goes on over pages that it makes itself', async () => {
    const { exit, printed } = await aws('ecs', 'list-services', '--cluster', cluster, '--page-size', '1');
    expect(exit).toBe(0);
    expect(printed).toHaveProperty('serviceArns.length', 3);
  });

  it('describes services', async () => {
    const { exit, printed } = await describeService('web');
    expect(exit).toBe(0);
    expect(printed).toMatchObject({
      services: [
        {
          serviceName: 'web',
          status: 'ACTIVE',
          desiredCount: 4,
          runningCount: 4,
          deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }],
          createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        },
      ],
      failures: [],
    });
  });

  it('describes the tasks it has listed', async () => {
    const { printed } = await aws('ecs', 'list-tasks', '--cluster', cluster, '--service-name', 'mailer');
    const { taskArns } = printed as { taskArns: string[] }; // the shape is what the next call proves
    const { exit, printed: described } = await describeTasks(cluster, taskArns);
    expect(exit).toBe(0);
    expect(described).toMatchObject({
      tasks: [
        {
          lastStatus: 'RUNNING',
          startedBy: expect.stringMatching(/^ecs-svc\//),
          containers: [{ name: 'mailer', image: 'ghcr.io/acme/mailer:1.4', lastStatus: 'RUNNING' }],
        },
      ],
    });
  });

  it('forces a new deployment, and waits until the service is stable', async () => {
    const { exit, printed } = await aws(
      ...['ecs', 'update-service', '--cluster', cluster, '--service', 'api', '--force-new-deployment'],
    );
    expect(exit).toBe(0);
    expect(printed).toHaveProperty('service.serviceName', 'api');
    expect(printed).toHaveProperty('service.deployments.length', 2);
    // The CLI looks every 15 s by the machine's clock: it is started when the first look will do.
    await world.slack.waitFor(() => isSteady('api'), 20_000, 'api to be steady');
    expect(await waitStable(cluster, 'api')).toMatchObject({ exit: 0 });
  }, 60_000);

  it('describes a secret and lists its versions without a value', async () => {
    const secret = ['--secret-id', 'prod/ghcr-pull'];
    const described = await aws('secretsmanager', 'describe-secret', ...secret);
    expect(described).toMatchObject({
      exit: 0,
      printed: { Name: 'prod/ghcr-pull', VersionIdsToStages: expect.any(Object) },
    });
    const versions = await aws('secretsmanager', 'list-secret-version-ids', ...secret);
    expect(versions).toMatchObject({ exit: 0, printed: { Versions: [{ VersionStages: ['AWSCURRENT'] }] } });
    expect(JSON.stringify([described, versions])).not.toContain('ghp_');
  });

  it('says by its own words what the stand-in does not know', async () => {
    const missing = await aws('ecs', 'list-services', '--cluster', 'nowhere');
    expect(missing.exit).not.toBe(0);
    expect(missing.error).toMatch(/ClusterNotFoundException/);
    const secret = await aws('secretsmanager', 'describe-secret', '--secret-id', 'nowhere');
    expect(secret.exit).not.toBe(0);
    expect(secret.error).toMatch(/ResourceNotFoundException/);
  });

  it('finds no defect of the stand-in', () => {
    expect([...world.targets.values()].flatMap(({ server }) => server.problems)).toEqual([]);
  });
});

function describeService(name: string) {
  return aws('ecs', 'describe-services', '--cluster', cluster, '--services', name);
}

function describeTasks(inCluster: string, tasks: readonly string[]) {
  return aws('ecs', 'describe-tasks', '--cluster', inCluster, '--tasks', ...tasks);
}

function waitStable(inCluster: string, name: string) {
  return aws('ecs', 'wait', 'services-stable', '--cluster', inCluster, '--services', name);
}

function isSteady(name: string): boolean {
  const service = world.targets
    .get('prod')
    ?.ecs.services()
    .find((one) => one.name === name);
  return service?.steady === true && service.deployments.length === 1;
}
