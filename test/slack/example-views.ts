import type { RotationView } from '../../src/rotation/ports.ts';
import type { CheckReport } from '../../src/rotation/rules/checks.ts';
import type {
  ConsumerRecord,
  Planned,
  Progress,
  PullTrouble,
  ServiceConsumer,
  Verdict,
} from '../../src/rotation/rules/consumer.ts';
import type { InstancePlan, InstanceProgress, InstanceRecord } from '../../src/rotation/rules/instance.ts';
import type { Rotation, RotationState } from '../../src/rotation/rules/rotation.ts';
import type { PeopleConfig } from '../../src/slack/settings.ts';

export const now = Date.UTC(2026, 10, 20, 14, 10);

export const people: PeopleConfig = {
  approvers: { userGroupId: 'S_APPROVERS', users: [] },
  emergency: { users: ['U_DANA'] },
};

export function exampleRotation(state: RotationState, changes: Partial<Rotation> = {}): Rotation {
  return {
    schema: 1,
    rev: 3,
    registry: 'ghcr.io',
    id: '7K2M9',
    ask: {
      by: 'U_AYA',
      at: now - 600_000,
      channel: 'C_OPS',
      why: 'planned',
      note: 'the old token ends 30 Nov',
      redeploy: 'all',
      entry: 'here',
      userName: 'acme-pull',
    },
    credentials: [
      {
        kind: 'secret',
        target: 'main',
        id: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/ghcr-pull-AbCdEf',
        name: 'prod/ghcr-pull',
        baseVersionId: 'base-version',
        stagedVersionId: 'staged-version',
      },
    ],
    state,
    approvals: [],
    generation: 1,
    checkedAt: now - 480_000,
    oldLoginWorks: true,
    ...changes,
  };
}

export interface ServiceParts {
  readonly stage?: string;
  readonly desired?: number;
  readonly running?: number;
  readonly planned?: Planned;
  readonly progress?: Progress;
  readonly verdict?: Verdict;
}

export function exampleService(name: string, parts: ServiceParts = {}): ConsumerRecord {
  const { stage = 'production', desired = 2, running = desired } = parts;
  const consumer: ServiceConsumer = {
    kind: 'service',
    id: `main/${stage}/${name}`,
    target: 'main',
    stage,
    name,
    taskDefinition: `${name}:12`,
    executionRoleArn: `arn:aws:iam::111122223333:role/${name}`,
    images: [{ container: 'app', image: `ghcr.io/acme/${name}:1.4`, credentialId: 'arn' }],
    arn: `arn:aws:ecs:eu-west-1:111122223333:service/${stage}/${name}`,
    clusterArn: `arn:aws:ecs:eu-west-1:111122223333:cluster/${stage}`,
    cluster: stage,
    launchType: 'FARGATE',
    scheduling: 'REPLICA',
    controller: 'ECS',
    strategy: 'ROLLING',
    desired,
    running,
    midDeployment: false,
    failingNow: false,
    minimumHealthyPercent: 100,
    maximumPercent: 200,
  };
  return {
    consumer,
    planned: parts.planned ?? { action: 'restart', group: 1 },
    progress: parts.progress ?? { is: 'not-started' },
    verdict: parts.verdict ?? { is: 'unproven', because: 'next-start' },
  };
}

export function exampleHost(
  name: string,
  parts: { readonly planned?: InstancePlan; readonly progress?: InstanceProgress } = {},
): InstanceRecord {
  return {
    credentialId: 'prod|ghcr.io',
    instance: { id: `arn/${name}`, name, zone: 'eu-west-1a', tasks: 4, family: 'al2023' },
    planned: parts.planned ?? { action: 'change', wave: 1 },
    progress: parts.progress ?? { is: 'not-started' },
  };
}

export const trouble: PullTrouble = {
  taskId: '3f2a8c11d0e94b7c',
  container: 'app',
  image: 'ghcr.io/acme/mailer:1.4',
  cause: 'not_permitted',
  reason: 'CannotPullContainerError: ... denied: permission_denied: read_package',
  at: now - 60_000,
};

export const okReport: CheckReport = {
  at: now - 480_000,
  oldLoginWorks: true,
  images: 31,
  findings: [
    { check: 'moved-tag', facts: { service: 'report-web', image: 'acme/report-web' } },
    { check: 'images-readable', facts: { count: 31 } },
    { check: 'can-go-back', facts: {} },
    { check: 'roles-can-read', facts: {} },
  ],
};

export const states = {
  staging: { phase: 'staging', leaseUntil: now + 60_000 },
  checking: { phase: 'checking', since: now - 5_000, round: 1 },
  cannotStart: { phase: 'cannot-start', expiresAt: now + 3_600_000, remindAt: now + 1_800_000 },
  waiting: {
    phase: 'waiting',
    fingerprint: 'f1f2f3',
    expiresAt: now + 3_600_000,
    needed: 1,
    round: 1,
    remindAt: now + 1_800_000,
  },
  approved: { phase: 'approved', fingerprint: 'f1f2f3', round: 1 },
  changing: { phase: 'changing' },
  fleet: { phase: 'fleet', wave: 1, waves: 5, since: now - 300_000 },
  rolling: { phase: 'rolling', group: 1, groups: 5, step: 'watch', since: now - 300_000 },
  paused: {
    phase: 'paused',
    canGoBack: true,
    since: now - 3_600_000,
    group: 0,
    groups: 5,
    remindAt: now + 1_800_000,
  },
  goingBack: { phase: 'going-back', step: 'watch', since: now - 60_000 },
  done: { phase: 'closed', outcome: 'done', because: 'proved', at: now, left: [] },
  finished: {
    phase: 'closed',
    outcome: 'finished',
    because: 'proved',
    at: now,
    left: [
      { consumerId: 'main/production/billing', name: 'billing', because: 'code-deploy' },
      { consumerId: 'main/production/report-web', name: 'report-web', because: 'moved-tag' },
    ],
  },
  wentBack: { phase: 'closed', outcome: 'rolled-back', because: 'went-back', at: now, left: [] },
  denied: {
    phase: 'closed',
    outcome: 'refused',
    because: 'denied',
    by: 'U_BEN',
    note: 'wrong week',
    at: now,
    left: [],
  },
  changedBySomeone: { phase: 'closed', outcome: 'refused', because: 'changed-by-someone', at: now, left: [] },
  expired: { phase: 'closed', outcome: 'expired', because: 'expired', at: now, left: [] },
  cancelled: { phase: 'closed', outcome: 'cancelled', because: 'cancelled', by: 'U_AYA', at: now, left: [] },
  replaced: { phase: 'closed', outcome: 'cancelled', because: 'replaced', by: 'U_KIM', at: now, left: [] },
} as const satisfies Record<string, RotationState>;

export function exampleView(
  state: RotationState,
  parts: Partial<RotationView> & { readonly changes?: Partial<Rotation> } = {},
): RotationView {
  const { changes, ...rest } = parts;
  return { consumers: [], now, rotation: exampleRotation(state, changes), ...rest };
}

/** `count` services in as many groups as a plan would make, every tenth of them in trouble. */
export function manyServices(count: number): ConsumerRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const failing = index % 10 === 3;
    return exampleService(`service-with-a-rather-long-name-${index}`, {
      desired: 4,
      running: failing ? 2 : 4,
      planned: { action: 'restart', group: Math.ceil(index / 50) },
      verdict: failing
        ? { is: 'denied', trouble: { ...trouble, reason: 'CannotPullContainerError: '.repeat(40) }, tasks: 4 }
        : { is: 'pulled', provedBy: 2, tasks: 4 },
    });
  });
}
