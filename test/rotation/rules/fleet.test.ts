import { leftOfFleet, leftOnWayBack, settle, tokenOf, troubleIn } from '../../../src/rotation/rules/fleet.ts';
import type { InstanceProgress, InstanceRecord } from '../../../src/rotation/rules/instance.ts';
import { minutes, now, rotationIn, states } from '../fakes/example-rotation.ts';

const underWay = { is: 'under-way', token: 't', versionId: 'staged', since: now } as const;
const terms = { now, limitMs: 15 * minutes };

function hostWith(progress: InstanceProgress, planned?: InstanceRecord['planned']): InstanceRecord {
  const instance = { id: 'arn/i-0c3', name: 'i-0c3', tasks: 4, family: 'al2023' };
  return { credentialId: 'a', instance, planned: planned ?? { action: 'change', wave: 0 }, progress };
}

test.each([
  ['applied', {}, 'changed'],
  ['already', {}, 'changed'],
  ['applied', { back: true }, 'back'],
  ['undelivered', {}, 'undelivered'],
  ['under-way', {}, 'under-way'],
] as const)('a host that says %s (%j) is %s', (is, back, progress) => {
  const record = hostWith({ ...underWay, ...back });
  expect(settle(record, { id: 'arn/i-0c3', is }, terms).progress.is).toBe(progress);
});

test.each(['refused', 'restored', 'failed'] as const)('a host that is %s keeps why', (is) => {
  const after = settle(hostWith(underWay), { id: 'arn/i-0c3', is, why: 'disk-full' }, terms);
  expect(after.progress).toEqual({ is, why: 'disk-full' });
});

test.each([
  [15 * minutes, 'under-way'],
  [15 * minutes + 1, 'failed'],
])('a host that says nothing for %i ms is %s', (ms, is) => {
  expect(settle(hostWith(underWay), undefined, { ...terms, now: now + ms }).progress.is).toBe(is);
});

test('what is said of a host that nothing was sent to changes nothing', () => {
  const record = hostWith({ is: 'not-started' });
  expect(settle(record, { id: 'arn/i-0c3', is: 'applied' }, terms)).toBe(record);
});

const forward = rotationIn('fleet');
const back = rotationIn({ ...states['going-back'], step: 'fleet' });
const failed = { is: 'failed', why: 'x' } as const;

test.each([
  ['forward', forward, failed, true],
  ['forward, of the way back', forward, { ...failed, back: true }, false],
  ['back', back, { ...failed, back: true }, true],
  ['back, of the way forward', back, failed, false],
] as const)('a failure is trouble in the direction it goes: %s', (_way, rotation, progress, isTrouble) => {
  expect(troubleIn(rotation, [hostWith(progress)], now) !== undefined).toBe(isTrouble);
});

test('a host that was left out is no trouble any more', () => {
  const record = hostWith(failed, { action: 'leave', because: 'by-hand' });
  expect(troubleIn(forward, [record], now)).toBeUndefined();
});

test('one point of the story gives one token, another point, cluster or set of hosts another', () => {
  const token = tokenOf(forward, 'a', ['1', '2']);
  expect(tokenOf(forward, 'a', ['2', '1'])).toBe(token);
  expect(token.length).toBeLessThanOrEqual(40);
  const others = [
    tokenOf(forward, 'b', ['1', '2']),
    tokenOf(forward, 'a', ['1']),
    tokenOf(back, 'a', ['1', '2']),
    tokenOf(rotationIn({ ...states.fleet, since: now }), 'a', ['1', '2']),
  ];
  expect(new Set([token, ...others]).size).toBe(5);
});

const table: [InstanceProgress, string | undefined, string | undefined][] = [
  [{ is: 'not-started' }, 'not-reached', undefined],
  [underWay, 'under-way', undefined],
  [{ is: 'changed' }, undefined, 'not-reached'],
  [{ is: 'back' }, undefined, undefined],
  [{ is: 'gone' }, undefined, undefined],
  [{ is: 'undelivered' }, 'not-reached', undefined],
  [{ is: 'undelivered', back: true }, 'not-reached', 'not-reached'],
  [{ is: 'restored', why: 'x' }, 'restored', undefined],
  [{ is: 'refused', why: 'x' }, 'refused', undefined],
  [{ is: 'refused', why: 'x', back: true }, 'refused', 'refused'],
  [{ is: 'failed', why: 'x', back: true }, 'failed', 'failed'],
];

test.each(table)('of a host that is %j is left: %s; after going back: %s', (progress, atEnd, afterBack) => {
  const because = (left: readonly { because: string }[]) => left[0]?.because;
  expect(because(leftOfFleet([hostWith(progress)]))).toBe(atEnd);
  expect(because(leftOnWayBack([hostWith(progress)]))).toBe(afterBack);
});

test('a host that was not ready is left for that reason', () => {
  const record = hostWith({ is: 'not-started' }, { action: 'leave', because: 'bottlerocket' });
  expect(leftOfFleet([record])).toEqual([
    { consumerId: 'arn/i-0c3', name: 'i-0c3', because: 'bottlerocket' },
  ]);
});
