import type { TaskRecord, TaskStatus } from '../../../sandbox/aws/ecs/task-record.ts';
import { startProduct } from '../../../sandbox/product.ts';
import { breaker, stale } from '../../../sandbox/scenarios/failing.ts';
import type { ScenarioReport } from '../../../sandbox/scenarios/report.ts';
import { runScenario } from '../../../sandbox/scenarios/run.ts';
import type { Scenario } from '../../../sandbox/scenarios/scenario.ts';
import type { Stage } from '../../../sandbox/scenarios/stage.ts';
import { awsCliFor, type CliAnswer } from './aws-cli.ts';

/**
 * What the bot is for: `aws ecs wait services-stable` is content where a pull was refused. Each scenario is played as
 * it is; when ECS has come to rest over the refused pull, time stands nearly still, and the CLI looks.
 */
describe('where a pull was refused, the waiter of the AWS CLI is content and the bot is not', () => {
  it('in "stale", where tasks run an old copy of the image', async () => {
    const { waiter, tasks, report } = await playWatched(stale, 'worker', 'RUNNING');
    expect(waiter).toMatchObject({ exit: 0 });
    expect(reasonsIn(tasks)).toContainEqual(expect.stringMatching(/^CannotPull/));
    expect(report.outcome).toBe('rolled-back');
    expect(report.messages.join('\n')).toMatch(
      /worker runs, but on an old copy[\s\S]*ECS said[\s\S]*CannotPull/,
    );
  }, 90_000);

  it('in "breaker", where ECS has rolled the service back by itself', async () => {
    const { waiter, tasks, report } = await playWatched(breaker, 'checkout', 'STOPPED');
    expect(waiter).toMatchObject({ exit: 0 });
    expect(reasonsIn(tasks)).toContainEqual(expect.stringMatching(/^CannotPullContainerError/));
    expect(report.outcome).toBe('rolled-back');
    expect(report.messages.join('\n')).toMatch(/checkout could not pull[\s\S]*ECS said[\s\S]*CannotPull/);
  }, 90_000);
});

interface Watched {
  /** What the CLI answered at that moment: its waiter, and describe-tasks of the refused tasks. */
  readonly waiter: CliAnswer;
  readonly tasks: CliAnswer;
  readonly report: ScenarioReport;
}

/** Plays the scenario with a bot that looks rarely, so that ECS comes to rest before it acts. Fails where it does not. */
async function playWatched(scenario: Scenario, service: string, status: TaskStatus): Promise<Watched> {
  const seen: Omit<Watched, 'report'>[] = [];
  const watched: Scenario = {
    ...scenario,
    async play(stage) {
      const watching = atRestOverRefusal(stage, service, status).then(async (refused) => {
        seen.push(await askCli(stage, refused));
      });
      await Promise.all([scenario.play(stage), watching]);
    },
  };
  const report = await runScenario(watched, {
    product: ({ clock, env }) => startProduct({ clock, env, settings: { pollMs: 60_000 } }),
  });
  const [answers] = seen;
  if (!answers) throw new Error('the moment never came');
  return { ...answers, report };
}

/** The refused tasks, once the service has one deployment, all it desires, and a refused pull in this state. */
function atRestOverRefusal(stage: Stage, name: string, status: TaskStatus): Promise<TaskRecord[]> {
  const { ecs } = stage.target();
  return stage.see(
    `${name} to be at rest over a refused pull`,
    () => {
      const service = ecs.services().find((one) => one.name === name);
      const tasks = ecs.tasks().filter((task) => task.service === service);
      const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
      const refused = tasks.filter((task) => task.lastStatus === status && isRefused(task));
      const rests = service?.deployments.length === 1 && running.length === service.desiredCount;
      return rests && refused.length > 0 ? refused : undefined;
    },
    30_000,
  );
}

/** EC2 tells it of the container, Fargate of the task. */
function isRefused({ containers, stoppedReason }: TaskRecord): boolean {
  const reasons = [stoppedReason, ...containers.map(({ reason }) => reason)];
  return reasons.some((reason) => reason?.startsWith('CannotPull'));
}

/** Holds the time while the CLI, which looks by the machine's clock, asks. */
async function askCli(stage: Stage, refused: readonly TaskRecord[]): Promise<Omit<Watched, 'report'>> {
  const aws = awsCliFor(stage.world, 'prod');
  const [cluster = '', service = ''] = [refused[0]?.cluster.name, refused[0]?.service?.name];
  const arns = refused.map(({ arn }) => arn);
  const { speed } = stage.clock.pace;
  stage.clock.setSpeed(nearlyStill);
  try {
    return {
      waiter: await aws('ecs', 'wait', 'services-stable', '--cluster', cluster, '--services', service),
      tasks: await aws('ecs', 'describe-tasks', '--cluster', cluster, '--tasks', ...arns),
    };
  } finally {
    stage.clock.setSpeed(speed);
  }
}

const nearlyStill = 0.001;

/** The reasons that describe-tasks shows, of tasks and containers. */
function reasonsIn({ printed }: CliAnswer): unknown[] {
  // The CLI prints what the API answers; a wrong shape gives no reason, and fails the test.
  const { tasks = [] } = printed as { tasks?: ShownTask[] };
  return tasks.flatMap(({ stoppedReason, containers }) => [
    stoppedReason,
    ...containers.map(({ reason }) => reason),
  ]);
}

interface ShownTask {
  readonly stoppedReason?: string;
  readonly containers: readonly { readonly reason?: string }[];
}
