import { type CheckName, checkWeights, isStopped, weightOf } from '../../../src/rotation/rules/checks.ts';

const names = Object.keys(checkWeights) as CheckName[]; // the keys of the table are the checks

function reportOf(...checks: CheckName[]) {
  return { at: 0, images: 1, findings: checks.map((check) => ({ check, facts: {} })) };
}

test('what the design calls a stop stops, and nothing else', () => {
  const stops = names.filter((name) => isStopped(reportOf('can-go-back', name)));
  expect(stops).toEqual([
    'login-refused',
    'image-worse',
    'role-cannot-read',
    'owned-by-service',
    'replica',
    'pending-deletion',
    'changed-by-someone',
    'instances-none-ready',
  ]);
});

test('what the design leaves to the approver is to be decided', () => {
  const decided: CheckName[] = ['image-undecided', 'rotation-on', 'deployment-in-progress', 'no-way-back'];
  expect(decided.map((check) => weightOf({ check, facts: {} }))).toEqual(decided.map(() => 'decide'));
});

test('an image neither login may read, a moved tag and what cannot be forced are notes', () => {
  const notes: CheckName[] = ['image-no-worse', 'moved-tag', 'cannot-force'];
  expect(notes.map((check) => weightOf({ check, facts: {} }))).toEqual(['note', 'note', 'note']);
});

test('a report without findings stops nothing', () => {
  expect(isStopped(reportOf())).toBe(false);
});
