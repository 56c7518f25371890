import { mapAtOnce, portionsOf } from '../../src/ecs/at-once.ts';
import { createPace } from '../../src/ecs/pace.ts';
import { createHandClock } from '../sandbox/aws/hand-clock.ts';

describe('the pace', () => {
  test('lets a burst through at once and then five a second', async () => {
    const clock = createHandClock();
    const pace = createPace(clock);
    const start = clock.now();
    const passed: number[] = [];
    for (let n = 0; n < 60; n += 1) void pace('service-modify').then(() => passed.push(clock.now() - start));
    await settled();
    expect(passed).toHaveLength(50);
    for (let n = 0; n < 10; n += 1) {
      clock.advance(200);
      await settled();
      expect(passed).toHaveLength(51 + n);
    }
  });

  test('fills up again while nothing is asked', async () => {
    const clock = createHandClock();
    const pace = createPace(clock);
    for (let n = 0; n < 50; n += 1) await pace('service-modify');
    clock.advance(10_000);
    let passed = 0;
    for (let n = 0; n < 51; n += 1) void pace('service-modify').then(() => (passed += 1));
    await settled();
    expect(passed).toBe(50);
  });

  test('keeps each bucket apart', async () => {
    const pace = createPace(createHandClock());
    for (let n = 0; n < 50; n += 1) await pace('service-modify');
    await expect(pace('service-read')).resolves.toBeUndefined();
  });
});

test('works on so many at once, and keeps the order', async () => {
  let under = 0;
  let most = 0;
  const results = await mapAtOnce(3, [5, 1, 4, 2, 3], async (item) => {
    under += 1;
    most = Math.max(most, under);
    for (let n = 0; n < item; n += 1) await settled();
    under -= 1;
    return item * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(3);
});

test('hands on the first failure', async () => {
  const failing = mapAtOnce(2, [1, 2, 3], async (item) => {
    if (item === 2) throw new Error('two');
  });
  await expect(failing).rejects.toThrow('two');
});

test('cuts into portions', () => {
  expect(portionsOf(2, [1, 2, 3])).toEqual([[1, 2], [3]]);
  expect(portionsOf(2, [])).toEqual([]);
});

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
