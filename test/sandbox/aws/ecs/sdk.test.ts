import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  paginateListServices,
  ServiceNotFoundException,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { type AwsServer, startAwsServer } from '../../../../sandbox/aws/server.ts';
import { sdkClients } from '../sdk-clients.ts';
import {
  type EcsUnderTest,
  forceWeb,
  isCompleted,
  login,
  secretId,
  startEcs,
  startWeb,
} from './start-ecs.ts';

describe('the real ECS client', () => {
  let under: EcsUnderTest;
  let server: AwsServer;
  beforeEach(async () => {
    under = await startEcs();
    server = await startAwsServer({ clock: under.clock, services: [under.ecs.service] });
  });
  afterEach(async () => {
    expect(server.problems).toEqual([]);
    await server.close();
    await under.close();
  });

  it('forces a deployment, follows it to the end and reads its tasks', async () => {
    await startWeb(under);
    const { ecs } = sdkClients(server.url);
    const target = { cluster: 'prod', service: 'web' };
    const forced = await ecs.send(new UpdateServiceCommand({ ...target, forceNewDeployment: true }));
    const id = forced.service?.deployments?.[0]?.id;
    await under.clock.until(isCompleted(under));
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster: 'prod', services: ['web'] }));
    expect(services?.[0]?.deployments).toMatchObject([{ id, rolloutState: 'COMPLETED' }]);
    const { taskArns } = await ecs.send(new ListTasksCommand({ cluster: 'prod', startedBy: id }));
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: 'prod', tasks: taskArns }));
    expect(tasks?.map((task) => [task.startedBy, task.lastStatus])).toEqual([
      [id, 'RUNNING'],
      [id, 'RUNNING'],
    ]);
    expect(tasks?.[0]?.pullStartedAt).toBeInstanceOf(Date);
  });

  it('finds the reason of a refused pull where AWS puts it on Fargate', async () => {
    await startWeb(under);
    under.secrets.set(secretId, login('wrong'));
    await forceWeb(under);
    await under.clock.pass(12_000);
    const { ecs } = sdkClients(server.url);
    const stopped = { cluster: 'prod', serviceName: 'web', desiredStatus: 'STOPPED' } as const;
    const { taskArns } = await ecs.send(new ListTasksCommand(stopped));
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: 'prod', tasks: taskArns }));
    expect(tasks?.[0]).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringContaining('failed to fetch oauth token'),
    });
  });

  it('pages through services and knows the errors by class', async () => {
    await startWeb(under);
    const { ecs } = sdkClients(server.url);
    const arns: string[] = [];
    for await (const page of paginateListServices({ client: ecs }, { cluster: 'prod' })) {
      arns.push(...(page.serviceArns ?? []));
    }
    expect(arns).toEqual([under.service('web').arn]);
    const missing = ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'nobody' }));
    await expect(missing).rejects.toBeInstanceOf(ServiceNotFoundException);
  });
});
