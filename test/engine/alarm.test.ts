import { Alarm } from '../../src/engine/alarm.ts';
import { FastClock } from './fast-clock.ts';

const hour = 3_600_000;

/** A clock that notes how long each timer was asked to take. */
function notingClock() {
  const clock = new FastClock(0);
  const asked: number[] = [];
  const after = clock.after.bind(clock);
  clock.after = (ms, action) => {
    asked.push(ms);
    return after(ms, action);
  };
  return { clock, asked };
}

test('rings once at its instant, having waited an hour at a time', () => {
  const { clock, asked } = notingClock();
  const rung: number[] = [];
  const alarm = new Alarm(clock, () => rung.push(clock.now()));
  alarm.set(2.5 * hour);
  clock.advance(2.5 * hour - 1);
  expect(rung).toEqual([]);
  clock.advance(10 * hour);
  expect(rung).toEqual([2.5 * hour]);
  expect(asked).toEqual([hour, hour, hour / 2]);
});

test('waits for no timer longer than an hour, be it for a year', () => {
  const { clock, asked } = notingClock();
  const alarm = new Alarm(clock, () => undefined);
  alarm.set(366 * 24 * hour);
  clock.advance(24 * hour);
  expect(Math.max(...asked)).toBe(hour);
});

test('rings soon for an instant that has passed, but never inside the call', () => {
  const clock = new FastClock(5_000);
  let rung = 0;
  new Alarm(clock, () => {
    rung += 1;
  }).set(1_000);
  expect(rung).toBe(0);
  clock.advance(0);
  expect(rung).toBe(1);
});

test('forgets what was set before, and everything when cleared', () => {
  const clock = new FastClock(0);
  const rung: number[] = [];
  const alarm = new Alarm(clock, () => rung.push(clock.now()));
  alarm.set(1_000);
  alarm.set(2_000);
  clock.advance(3_000);
  expect(rung).toEqual([2_000]);
  alarm.set(4_000);
  alarm.clear();
  alarm.rearm();
  clock.advance(10_000);
  expect(rung).toEqual([2_000]);
});

test('catches up with a clock that jumped, once it is told', () => {
  const clock = new FastClock(0);
  const rung: number[] = [];
  const alarm = new Alarm(clock, () => rung.push(clock.now()));
  alarm.set(50 * 60_000);
  clock.leap(2 * hour);
  alarm.rearm();
  clock.advance(0);
  expect(rung).toEqual([2 * hour]);
});
