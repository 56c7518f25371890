import type { RecordedCall } from '../aws/answer.ts';
import type { VersionView } from '../aws/secrets/by-hand.ts';
import type { Stage } from './stage.ts';

/** Secrets of the plain estate that hold the login, by target. */
export const secretsOf = { prod: 'prod/ghcr-pull', staging: 'staging/ghcr-pull' } as const;

type Target = keyof typeof secretsOf;

const targets: readonly Target[] = ['prod', 'staging'];

/** The version of a target's secret that has this label, as AWS holds it now. */
export function versionWith(stage: Stage, label: string, target: Target = 'prod'): VersionView | undefined {
  const versions = stage.target(target).secrets.versionsOf(secretsOf[target]);
  return versions.find(({ labels }) => labels.includes(label));
}

/** Id of the version in use, by target. */
export function inUse(stage: Stage): Readonly<Record<Target, string>> {
  const idIn = (target: Target) => versionWith(stage, 'AWSCURRENT', target)?.id ?? '';
  return { prod: idIn('prod'), staging: idIn('staging') };
}

/** Calls that AWS took of moving the login in use. */
export function movesOfCurrent(stage: Stage): RecordedCall[] {
  return callsOf(stage, 'UpdateSecretVersionStage').filter(
    ({ input }) => input.VersionStage === 'AWSCURRENT',
  );
}

/** As a colleague with the console would: every secret gets this token in the user name's stead, under a label or in use. */
export function putByHand(stage: Stage, token: string, label?: string): void {
  for (const target of targets) putInto(stage, target, token, label);
}

/** The same in one target only. Answers the version's id. */
export function putInto(stage: Stage, target: Target, token: string, label?: string): string {
  const { secrets } = stage.target(target);
  const value = JSON.stringify({ username: 'acme-pull', password: token });
  return secrets.putByHand(secretsOf[target], value, label);
}

/** Waits until none of our labels is left in AWS: a request that has ended tidies up. */
export async function labelsAreGone(stage: Stage): Promise<void> {
  await stage.see('our labels to be removed', () => ownLabels(stage).length === 0);
}

/** Our own labels, wherever they are. */
export function ownLabels(stage: Stage): string[] {
  return targets.flatMap((target) =>
    stage
      .target(target)
      .secrets.versionsOf(secretsOf[target])
      .flatMap(({ labels }) => labels.filter((label) => label.startsWith('ecs-rotate-'))),
  );
}

/** Nothing was changed: the same versions are in use, and no service was restarted. */
export function nothingChanged(stage: Stage, before: Readonly<Record<Target, string>>): void {
  const now = inUse(stage);
  stage.must(
    targets.every((target) => now[target] === before[target]),
    'the same versions are in use as before',
  );
  stage.must(movesOfCurrent(stage).length === 0, 'nobody moved the login in use');
  stage.must(stage.calls('UpdateService') === 0, 'no service was restarted');
}

/** The new login is in use everywhere, each secret moved by one call, and every service was restarted once. */
export function changedOnce(stage: Stage, services: readonly string[]): void {
  stage.must(movesOfCurrent(stage).length === targets.length, 'each secret was changed by one call');
  for (const target of targets) {
    const held: { password?: string } = JSON.parse(versionWith(stage, 'AWSCURRENT', target)?.value ?? '{}');
    stage.must(held.password === stage.newToken, `${secretsOf[target]} holds the new login`);
  }
  for (const name of services) {
    stage.must(stage.deploymentsOf(name) === 1, `${name} was restarted once`);
  }
}

function callsOf(stage: Stage, operation: string): RecordedCall[] {
  const all = [...stage.world.targets.values()].flatMap(({ server }) => server.calls);
  return all.filter((call) => call.operation === operation && call.status === 200);
}
