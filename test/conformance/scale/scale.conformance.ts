import { plainEstate, serviceOf } from '../../../sandbox/estate/plain.ts';
import type { EstatePlan } from '../../../sandbox/estate/plan.ts';
import { runScenario } from '../../../sandbox/scenarios/run.ts';
import type { Scenario } from '../../../sandbox/scenarios/scenario.ts';
import type { Stage } from '../../../sandbox/scenarios/stage.ts';
import { validateMessage } from '../../../sandbox/slack/validator/validate.ts';

jest.setTimeout(300_000);

const mostOperations = 3_000;
const mostEdits = 20;
const minute = 60_000;

/** Operations of the execution that used most. */
function operationsOf({ product }: Stage): number {
  const executions = product.engine.list({ functionName: 'rotation', limit: 100 });
  return Math.max(...executions.map(({ usage }) => usage.operations));
}

/** The most edits of messages in any minute of the clock. */
function busiestMinute({ world }: Stage): number {
  const edits = world.slack.state.calls.filter(({ method }) => method === 'chat.update').map(({ at }) => at);
  return Math.max(0, ...edits.map((from) => edits.filter((at) => at >= from && at < from + minute).length));
}

function problemsOf({ world }: Stage): unknown[] {
  return world.slack.state.calls
    .filter(({ method }) => method === 'chat.update' || method === 'chat.postMessage')
    .flatMap(({ body }) => validateMessage(messageOf(body)));
}

/** The SDK sends forms, with blocks as JSON. */
function messageOf(body: string): { text: string; blocks?: unknown } {
  const form = new URLSearchParams(body);
  const blocks = form.get('blocks');
  return { text: form.get('text') ?? '', ...(blocks ? { blocks: JSON.parse(blocks) } : {}) };
}

function print(what: string, stage: Stage): void {
  const calls = stage.world.slack.state.calls.length;
  const figures = `${operationsOf(stage)} operations, ${busiestMinute(stage)} edits in the busiest minute, ${calls} Slack calls`;
  process.stdout.write(`${what}: ${figures}\n`);
}

const large: Scenario = {
  name: 'large',
  title: 'A login that 300 services use.',
  outcome: 'done',
  estate: (newToken) => estateOf(300, newToken),
  speed: 60,
  async play(stage) {
    await stage.request();
    await stage.approve();
    await stage.shows(/You can revoke the old one/, 250_000);
  },
};

function estateOf(services: number, newToken: string): EstatePlan {
  const more = Array.from({ length: services - 5 }, (_, n) => serviceOf(`app-${n + 1}`, 'prod-web', 1));
  return plainEstate({ newToken, more });
}

/** Moves the time on, and lets what became due happen. */
async function later({ clock, product }: Stage, ms: number): Promise<void> {
  clock.jump(ms);
  product.engine.rearm();
  await clock.sleep(minute / 2);
}

const long: Scenario = {
  name: 'long',
  title: 'Twelve hours in which somebody else deploys, nobody decides, and the rest goes on at last.',
  outcome: 'done',
  settings: { ECS_ROTATE_SERVICE_LIMIT_MINUTES: '120' },
  speed: 300,
  async play(stage) {
    const { ecs } = stage.target();
    ecs.setTaskBehavior('api', { kind: 'never-runs' });
    await stage.request();
    await stage.approve();
    // Two hours of watching until the limit, then a pause of ten hours with its reminders.
    await stage.shows(/Paused/, 90_000);
    const until = stage.clock.now() + 10 * 60 * minute;
    while (stage.clock.now() < until) await later(stage, 10 * minute);
    ecs.setTaskBehavior('api', undefined);
    const { operations } = ecs.service;
    const stuck = ecs
      .tasks()
      .filter(({ service, lastStatus }) => service?.name === 'api' && lastStatus === 'PENDING');
    for (const { arn } of stuck) await operations.StopTask?.({ cluster: 'prod-web', task: arn });
    await stage.click(stage.people.aya, 'try-again');
    await stage.shows(/You can revoke the old one/, 60_000);
  },
};

describe('a rotation at its largest', () => {
  it.each([large, long])('$title', async (scenario) => {
    await runScenario(scenario, {
      inspect(stage) {
        print(scenario.name, stage);
        expect(operationsOf(stage)).toBeLessThan(mostOperations);
        expect(busiestMinute(stage)).toBeLessThanOrEqual(mostEdits);
        expect(problemsOf(stage)).toEqual([]);
      },
    });
  });
});
