import type { Stage } from '../../../sandbox/scenarios/stage.ts';
import { runInterrupted } from './interrupted-run.ts';
import { pointsOfDenied, pointsOfGood } from './points.ts';

jest.setTimeout(90_000);

/** Asks until the form closes: a person who is told that it failed tries again. */
async function askUntilTaken(stage: Stage): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const taken = await stage.ask().then(
      (outcome) => outcome.kind === 'closed' || isTakenAlready(stage),
      () => isTakenAlready(stage),
    );
    if (taken) return;
    await stage.see('the product', () => stage.world.slack.state.deliveries.length >= 0, 1_000);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    if (isTakenAlready(stage)) return;
  }
}

function isTakenAlready(stage: Stage): boolean {
  return stage.message() !== undefined;
}

async function approveUntilTaken(stage: Stage): Promise<void> {
  await stage.shows(/waiting for approval/i, 40_000);
  // The workflow notes right after the message where a click rings.
  await new Promise((resolve) => setTimeout(resolve, 700));
  for (let tries = 0; tries < 5; tries++) {
    await stage.approve().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    if (!/waiting for approval/i.test(stage.text())) return;
  }
}

function ownLabels({ world }: Stage): number {
  const versions = [...world.targets.values()].flatMap(({ secrets }) =>
    secrets.names().flatMap(secrets.versionsOf),
  );
  return versions.flatMap(({ labels }) => labels).filter((label) => label.startsWith('ecs-rotate-')).length;
}

/** How often AWS moved AWSCURRENT: once a secret and way, whatever was repeated. */
function movesOfCurrent({ world }: Stage): number {
  const calls = [...world.targets.values()].flatMap(({ server }) => server.calls);
  const moves = calls.filter(
    ({ operation, status }) => operation === 'UpdateSecretVersionStage' && status === 200,
  );
  return moves.filter(({ input }) => input.VersionStage === 'AWSCURRENT').length;
}

describe('a product killed in the middle of a good rotation', () => {
  it.each(pointsOfGood)('finishes when killed at %s (%s)', async (point) => {
    const { stage, report, deaths } = await runInterrupted(point, async (stage) => {
      await askUntilTaken(stage);
      await approveUntilTaken(stage);
      await stage.shows(/You can revoke the old one/, 60_000);
      await stage.replies(/revoke the old one/i, 20_000);
      await stage.see('our labels to be gone', () => ownLabels(stage) === 0, 20_000);
    });
    expect(deaths).toBe(1);
    expect(report.outcome).toBe('done');
    expect(report.lock).toBeNull();
    expect(new Set(Object.values(report.verdicts))).toEqual(new Set(['pulled']));
    expect(report.current).toMatchObject(report.staged);
    expect(movesOfCurrent(stage)).toBe(2);
    for (const service of ['mailer', 'api', 'web', 'worker']) expect(stage.deploymentsOf(service)).toBe(1);
    expect(stage.deploymentsOf('web-staging', 'staging')).toBe(1);
  });
});

describe('a product killed while a denied login is undone', () => {
  it.each(pointsOfDenied)('goes back when killed at %s (%s)', async (point) => {
    const { stage, report, deaths } = await runInterrupted(point, async (stage) => {
      await askUntilTaken(stage);
      await stage.shows(/waiting for approval/i);
      stage.registry().users.take('acme-pull, new token', 'acme/mailer');
      await approveUntilTaken(stage);
      await stage.shows(/Went back/, 60_000);
      await stage.replies(/could not pull/i, 30_000);
    });
    expect(deaths).toBe(1);
    expect(report.outcome).toBe('rolled-back');
    expect(report.lock).toBeNull();
    expect(report.current).toMatchObject(report.base);
    expect(movesOfCurrent(stage)).toBe(4);
    expect(report.verdicts.mailer).not.toBe('pulled');
    expect(stage.deploymentsOf('mailer')).toBeLessThanOrEqual(2);
    expect(stage.deploymentsOf('web')).toBe(0);
  });
});
