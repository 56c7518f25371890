import type { Consumer, LeftOutBecause, ServiceConsumer } from '../../../src/rotation/rules/consumer.ts';
import {
  countGroups,
  groupOf,
  isMore,
  makePlan,
  type PlanTerms,
  repositoryOf,
} from '../../../src/rotation/rules/plan.ts';
import { prodSecret, serviceOf, taskDefinitionOf } from '../fakes/example-consumers.ts';

function plan(consumers: readonly Consumer[], terms: Partial<PlanTerms> = {}) {
  return makePlan(consumers, { redeploy: 'all', movedTags: new Set(), groupPercent: 50, ...terms });
}

/** Names by group. */
function groupsOf(consumers: readonly Consumer[], terms?: Partial<PlanTerms>): string[][] {
  const records = plan(consumers, terms);
  return Array.from({ length: countGroups(records) }, (_, group) =>
    groupOf(records, group).map(({ consumer }) => consumer.name),
  );
}

function many(count: number, parts: Partial<ServiceConsumer> = {}): ServiceConsumer[] {
  return Array.from({ length: count }, (_, n) => serviceOf(`s${String(n).padStart(3, '0')}`, parts));
}

const pinned = `ghcr.io/acme/pinned@sha256:${'a'.repeat(64)}`;
const onEc2 = { launchType: 'EC2' } as const;
const twoImages = ['app', 'proxy'].map((container) => ({
  container,
  image: `ghcr.io/acme/${container}:1`,
  credentialId: prodSecret,
}));

test('staging comes first, each stage begins with one service alone, and production goes on in shares', () => {
  const staging = [serviceOf('preview', { stage: 'staging' }), serviceOf('docs', { stage: 'staging' })];
  const groups = groupsOf([...many(5), ...staging]);
  expect(groups).toEqual([['docs'], ['preview'], ['s000'], ['s001', 's002'], ['s003', 's004']]);
});

test('stages between staging and production come before production too', () => {
  const stages = ['production', 'staging', 'demo'].map((stage) => serviceOf(stage, { stage }));
  expect(groupsOf(stages)).toEqual([['demo'], ['staging'], ['production']]);
});

test.each<[string, Partial<ServiceConsumer>]>([
  ['is smaller than the others', { desired: 1 }],
  ['runs on EC2 with a tag', { ...onEc2, desired: 1 }],
])('the first service is the one that %s', (_why, parts) => {
  expect(groupsOf([...many(3, { desired: 3 }), serviceOf('zebra', parts)])[0]).toEqual(['zebra']);
});

test.each<[string, Partial<ServiceConsumer>]>([
  [
    'runs on EC2 with a digest',
    { ...onEc2, images: [{ container: 'a', image: pinned, credentialId: prodSecret }] },
  ],
  ['runs on EC2 with two private containers', { ...onEc2, images: twoImages }],
  ['is in the middle of a deployment', { midDeployment: true }],
  ['is a daemon', { ...onEc2, scheduling: 'DAEMON' }],
])('the first service is never one that %s, however small, while another can prove', (_why, parts) => {
  expect(groupsOf([...many(3, { desired: 3 }), serviceOf('aaa', { desired: 1, ...parts })])[0]).toEqual([
    's000',
  ]);
});

test('a service on Fargate with a digest or with two private containers can be first', () => {
  const small = serviceOf('zebra', { desired: 1, images: twoImages });
  expect(groupsOf([...many(3, { desired: 3 }), small])[0]).toEqual(['zebra']);
});

test('where no service can prove, the smallest is first all the same', () => {
  const services = many(2, { midDeployment: true, desired: 4 });
  expect(groupsOf([...services, serviceOf('zebra', { midDeployment: true, desired: 2 })])[0]).toEqual([
    'zebra',
  ]);
});

test('daemons come last of all, one of them alone first', () => {
  const daemons = ['log-agent', 'metrics', 'proxy'].map((name) =>
    serviceOf(name, { ...onEc2, scheduling: 'DAEMON', desired: name === 'metrics' ? 1 : 3 }),
  );
  const groups = groupsOf([...daemons, ...many(2)], { groupPercent: 100 });
  expect(groups).toEqual([['s000'], ['s001'], ['metrics'], ['log-agent', 'proxy']]);
});

test.each([
  [1, 101],
  [10, 11],
  [50, 3],
  [100, 3],
])('a share of %i percent of 101 services makes %i groups, none larger than 50', (groupPercent, groups) => {
  const sizes = groupsOf(many(101), { groupPercent }).map((group) => group.length);
  expect(sizes).toHaveLength(groups);
  expect(sizes[0]).toBe(1);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
  expect(sizes.reduce((a, b) => a + b)).toBe(101);
});

test('daemons and staging keep to the largest group as well', () => {
  const services = [...many(120, { stage: 'staging' })];
  const daemons = many(120, { ...onEc2, scheduling: 'DAEMON' }).map((s) => ({ ...s, id: `daemon/${s.id}` }));
  for (const group of groupsOf([...services, ...daemons], { groupPercent: 100 }))
    expect(group.length).toBeLessThanOrEqual(50);
});

test.each<[LeftOutBecause, Consumer, Partial<PlanTerms>]>([
  ['next-start', taskDefinitionOf('nightly'), {}],
  ['code-deploy', serviceOf('x', { controller: 'CODE_DEPLOY' }), {}],
  ['external', serviceOf('x', { controller: 'EXTERNAL' }), {}],
  ['blue-green', serviceOf('x', { strategy: 'BLUE_GREEN' }), {}],
  ['blue-green', serviceOf('x', { strategy: 'CANARY' }), {}],
  ['desired-zero', serviceOf('x', { desired: 0 }), {}],
  ['not-asked', serviceOf('x'), { redeploy: 'none' }],
  ['not-failing', serviceOf('x'), { redeploy: 'failing' }],
  ['moved-tag', serviceOf('x'), { movedTags: new Set(['main/production/x']) }],
  ['unreadable', serviceOf('x'), { unreadable: new Set(['main/production/x']) }],
])('is left out as %s, and never counted as done', (because, consumer, terms) => {
  const [record] = plan([consumer], terms);
  expect(record?.planned).toEqual({ action: 'leave-out', because });
  expect(record).toMatchObject({ progress: { is: 'not-started' }, verdict: { is: 'unproven' } });
});

test('only what fails now restarts, where that is asked', () => {
  const failing = serviceOf('api', { failingNow: true });
  expect(groupsOf([...many(3), failing], { redeploy: 'failing' })).toEqual([['api']]);
});

test('a plan without a service to restart has no group', () => {
  expect(countGroups(plan([taskDefinitionOf('nightly')]))).toBe(0);
});

const before = plan([serviceOf('web'), serviceOf('api', { controller: 'CODE_DEPLOY' })]);
const webWith = (image: string) =>
  serviceOf('web', { images: [{ container: 'app', image, credentialId: prodSecret }] });

test.each<[string, Consumer[], boolean]>([
  ['the same', [serviceOf('web')], false],
  ['nothing', [], false],
  ['a new tag of the same repository', [webWith('ghcr.io/acme/web:9')], false],
  ['more tasks and a new revision', [serviceOf('web', { desired: 40, taskDefinition: 'web:13' })], false],
  ['one more that is left out', [serviceOf('web'), serviceOf('new', { desired: 0 })], false],
  ['one more service', [serviceOf('web'), serviceOf('new')], true],
  ['another repository', [webWith('ghcr.io/acme/other:1')], true],
  ['a service that was left out before', [serviceOf('web'), serviceOf('api')], true],
])('a plan with %s: more than was approved, or not', (_what, consumers, expected) => {
  expect(isMore(before, plan(consumers))).toBe(expected);
});

test('a service that may run at half now, and might not when it was approved, is more', () => {
  const halved = plan([serviceOf('web')], { halved: new Set([serviceOf('web').id]) });
  expect(isMore(before, halved)).toBe(true);
  expect(isMore(halved, halved)).toBe(false);
});

test.each([
  ['ghcr.io/acme/web:1.4', 'ghcr.io/acme/web'],
  ['ghcr.io/acme/web', 'ghcr.io/acme/web'],
  ['nginx:1', 'nginx'],
  ['registry.example.com:5000/team/api', 'registry.example.com:5000/team/api'],
  ['registry.example.com:5000/team/api:7', 'registry.example.com:5000/team/api'],
  ['registry.example.com:5000/team/api:7@sha256:ab', 'registry.example.com:5000/team/api'],
  ['ghcr.io/acme/web@sha256:ab', 'ghcr.io/acme/web'],
])('the repository of %s is %s', (image, repository) => {
  expect(repositoryOf(image)).toBe(repository);
});
