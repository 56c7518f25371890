import { concurrentEdit } from '../../../sandbox/scenarios/approving.ts';
import { proveOnly, wrongToken } from '../../../sandbox/scenarios/asking.ts';
import { runScenario } from '../../../sandbox/scenarios/run.ts';

/** Assert by themselves what Slack shows and what AWS holds: see the scenarios. */
const seconds = 1_000;

test(
  'a login that the registry refuses is told at the field, and leaves no rotation',
  async () => {
    const report = await runScenario(wrongToken);
    expect(report).toMatchObject({ outcome: 'refused', messages: [], base: {}, staged: {}, lock: null });
    expect(report.calls.PutSecretValue).toBeUndefined();
  },
  20 * seconds,
);

test(
  'what someone changed by hand during the approval is not overwritten, and the other secret stays as well',
  async () => {
    const report = await runScenario(concurrentEdit);
    const { current, base, staged, lock, calls } = report;
    expect({ lock, restarts: calls.UpdateService }).toEqual({ lock: null, restarts: undefined });
    expect(current['prod/ghcr-pull']).toBe(base['prod/ghcr-pull']);
    expect([base, staged].map((versions) => versions['staging/ghcr-pull'])).not.toContain(
      current['staging/ghcr-pull'],
    );
  },
  20 * seconds,
);

test(
  'a login that is in use already is proved, and no secret is written',
  async () => {
    const report = await runScenario(proveOnly);
    expect(Object.values(report.verdicts)).toEqual(Array(5).fill('pulled'));
    expect(report).toMatchObject({ outcome: 'done', left: [], lock: null });
    expect(report.calls).not.toHaveProperty('PutSecretValue');
    expect(report.calls).not.toHaveProperty('UpdateSecretVersionStage');
  },
  20 * seconds,
);
