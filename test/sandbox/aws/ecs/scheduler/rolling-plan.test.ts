import { planRolling, type RollingView } from '../../../../../sandbox/aws/ecs/scheduler/rolling-plan.ts';
import type { TaskRecord } from '../../../../../sandbox/aws/ecs/state.ts';

/** Letters for tasks: R runs healthily, r runs and is not steady yet, p is on its way. */
type Letters = string;

/** Only what a plan reads of a task. */
const taskOf = (letter: string, index: number): TaskRecord =>
  ({ lastStatus: letter === 'p' ? 'PENDING' : 'RUNNING', createdAt: index }) as TaskRecord;

function view(
  desired: number,
  [least, most]: readonly [number, number],
  current: Letters,
  old: Letters,
  stopping = 0,
): RollingView {
  const tasks = [...current].map(taskOf);
  return {
    desired,
    configuration: { minimumHealthyPercent: least, maximumPercent: most },
    current: tasks,
    healthy: new Set(tasks.filter((_, index) => current[index] === 'R')),
    old: [...old].map(taskOf),
    stopping,
  };
}

const usual = [100, 200] as const;

describe('one turn of a rolling deployment', () => {
  it.each<[string, RollingView, { start: number; stop: number; done: boolean; stuck: boolean }]>([
    [
      'starts all beside the old at 100 and 200',
      view(4, usual, '', 'RRRR'),
      { start: 4, stop: 0, done: false, stuck: false },
    ],
    [
      'stops no old one before a new one is healthy',
      view(4, usual, 'rrpp', 'RRRR'),
      { start: 0, stop: 0, done: false, stuck: false },
    ],
    [
      'stops as many old as new are healthy',
      view(4, usual, 'RRrp', 'RRRR'),
      { start: 0, stop: 2, done: false, stuck: false },
    ],
    [
      'stops half first at 50 and 100',
      view(4, [50, 100], '', 'RRRR'),
      { start: 0, stop: 2, done: false, stuck: false },
    ],
    [
      'starts into the room that made',
      view(4, [50, 100], '', 'RR'),
      { start: 2, stop: 0, done: false, stuck: false },
    ],
    [
      'rounds the minimum up and the maximum down',
      view(3, [50, 150], '', 'RRR'),
      { start: 1, stop: 1, done: false, stuck: false },
    ],
    [
      'cannot move one task at 100 and 150',
      view(1, [100, 150], '', 'R'),
      { start: 0, stop: 0, done: false, stuck: true },
    ],
    [
      'cannot move one task at 50 and 100 either: the minimum rounds up to one',
      view(1, [50, 100], '', 'R'),
      { start: 0, stop: 0, done: false, stuck: true },
    ],
    [
      'stops old tasks that never ran at once',
      view(2, usual, 'pp', 'pR'),
      { start: 0, stop: 1, done: false, stuck: false },
    ],
    [
      'waits for old tasks that still stop',
      view(2, usual, 'RR', '', 1),
      { start: 0, stop: 0, done: false, stuck: false },
    ],
    [
      'is done when the new ones are healthy and the old gone',
      view(2, usual, 'RR', ''),
      { start: 0, stop: 0, done: true, stuck: false },
    ],
    [
      'is not done while a new one is not steady',
      view(2, usual, 'Rr', ''),
      { start: 0, stop: 0, done: false, stuck: false },
    ],
    [
      'is done with nothing where nothing is desired',
      view(0, usual, '', ''),
      { start: 0, stop: 0, done: true, stuck: false },
    ],
    [
      'stops everything where nothing is desired any more',
      view(0, usual, 'RR', ''),
      { start: 0, stop: 2, done: false, stuck: false },
    ],
    [
      'scales in by the task that does not run yet',
      view(1, usual, 'Rp', ''),
      { start: 0, stop: 1, done: false, stuck: false },
    ],
  ])('%s', (_title, seen, plan) => {
    const { stop, ...rest } = planRolling(seen);
    expect({ ...rest, stop: stop.length }).toEqual(plan);
  });

  it('scales in by the youngest of those that run', () => {
    const seen = view(1, usual, 'RRR', '');
    expect(planRolling(seen).stop.map(({ createdAt }) => createdAt)).toEqual([2, 1]);
  });
});
