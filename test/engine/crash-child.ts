// A process of its own for crash.test.ts, run by Node itself: `node crash-child.ts <directory> <crash point>`.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, sleepOn } from '../../src/clock.ts';
import { DurableEngine } from '../../src/engine/engine.ts';

const [directory = '', crashPoint = ''] = process.argv.slice(2);
const note = (line: string) => appendFileSync(join(directory, 'effects'), `${line}\n`);

const speed = 20;
const clock: Clock = {
  now: () => Date.now() * speed,
  after(ms, action) {
    const timer = setTimeout(action, ms / speed);
    return () => clearTimeout(timer);
  },
  sleep: (ms, signal) => sleepOn(clock, ms, signal),
};

const engine = new DurableEngine({
  path: join(directory, 'engine.db'),
  clock,
  speed: () => speed,
  // The point is named by when, which operation and what happens to it: "before change SUCCEED".
  onCheckpoint({ stage, updates }) {
    for (const { Name, Action } of updates)
      if (`${stage} ${Name} ${Action}` === crashPoint) process.kill(process.pid, 'SIGKILL');
  },
});
engine.register(
  'rotate',
  async (_event, context) => {
    await context.step('change', async () => note('change'));
    await context.wait('settle', { seconds: 1 });
    const answer = await context.waitForCallback('approve', async (id) => note(`callback ${id}`));
    await context.step('tell', async () => note(`tell ${answer}`));
    return answer;
  },
  { executionTimeoutSeconds: 3_600 },
);

async function run(): Promise<void> {
  const resumed = engine.resume();
  const { arn } = engine.start('rotate', 'the-one');
  note(`up ${resumed}`);
  process.stdin.once('data', (data) => engine.succeedCallback(data.toString().trim(), 'yes'));
  const row = await engine.finished(arn);
  note(`end ${row.status} ${row.result}`);
  engine.close();
  process.exit(0);
}

void run();
