import { diagnosePullFailure } from '../../../src/ecs/pull-failure.ts';
import type { ServiceConsumer } from '../../../src/rotation/rules/consumer.ts';
import type { TaskSight } from '../../../src/rotation/rules/sight.ts';
import { isFinal, isTrouble, judge } from '../../../src/rotation/rules/verdicts.ts';
import { imageOf, serviceOf } from '../fakes/example-consumers.ts';
import { container, crashed, own, privateImages, stopped, task, web } from '../fakes/example-tasks.ts';
import { reasons } from '../fakes/reasons.ts';

const digest = `ghcr.io/acme/web@sha256:${'a'.repeat(64)}`;
const ec2 = serviceOf('web', { launchType: 'EC2' });
const fargate = serviceOf('web');
const pinned = { ...ec2, images: privateImages(digest) };
const two = privateImages(web, imageOf('proxy'));

const pending = { lastStatus: 'PENDING', startedAt: undefined };
const notPermitted = reasons.notPermitted(web);
const oom = 'OutOfMemoryError: Container killed due to memory usage';
const other = 'ecs-svc/colleague';
const withProxy = [container(), container({ name: 'c1', image: imageOf('proxy') })];
const sidecar = container({ name: 'sidecar', image: 'quay.io/other/agent:1', lastStatus: 'STOPPED' });
const sidecarRefused =
  'CannotPullContainerError: Error response from daemon: Head "https://quay.io/v2/other/agent/manifests/1": unauthorized: incorrect username or password';

const table: [string, ServiceConsumer, readonly TaskSight[], object][] = [
  ['Fargate past its pull pulled', fargate, [task('FARGATE')], { is: 'pulled', provedBy: 1, tasks: 1 }],
  [
    'Fargate pulled a digest too',
    { ...fargate, images: privateImages(digest) },
    [task('FARGATE')],
    { is: 'pulled' },
  ],
  [
    'Fargate pulled both images',
    { ...fargate, images: two },
    [task('FARGATE', { containers: withProxy })],
    { is: 'pulled' },
  ],
  [
    'a task that ran and was replaced pulled',
    fargate,
    [task('FARGATE', { lastStatus: 'STOPPED', stopCode: 'ServiceSchedulerInitiated' })],
    { is: 'pulled' },
  ],
  [
    'two of three tasks prove',
    fargate,
    [task('FARGATE'), task('FARGATE'), task('FARGATE', pending)],
    { is: 'pulled', provedBy: 2, tasks: 3 },
  ],
  ['EC2 with a tag whose pull began pulled', ec2, [task('EC2')], { is: 'pulled' }],
  ['EXTERNAL is as EC2', serviceOf('web', { launchType: 'EXTERNAL' }), [task('EXTERNAL')], { is: 'pulled' }],
  [
    'EC2 without a pull proves nothing',
    ec2,
    [task('EC2', { pullStartedAt: undefined })],
    { is: 'unproven', because: 'registry-not-asked' },
  ],
  [
    'EC2 with a digest may have it cached',
    pinned,
    [task('EC2', { containers: [container({ image: digest })] })],
    { is: 'unproven', because: 'pinned-may-be-cached' },
  ],
  [
    'a later task that was given the digest proves nothing',
    ec2,
    [task('EC2', { containers: [container({ image: digest })] })],
    { is: 'unproven', because: 'registry-not-asked' },
  ],
  [
    'the first of them, by tag, proves for all',
    ec2,
    [task('EC2', { containers: [container({ image: digest })] }), task('EC2')],
    { is: 'pulled', provedBy: 1, tasks: 2 },
  ],
  [
    'two private containers on EC2 share one pull time',
    { ...ec2, images: two },
    [task('EC2', { containers: withProxy })],
    { is: 'unproven', because: 'registry-not-asked' },
  ],
  [
    'one of two images without a container is no proof',
    { ...fargate, images: two },
    [task('FARGATE')],
    { is: 'unproven' },
  ],
  [
    'a task of somebody else proves nothing',
    fargate,
    [task('FARGATE', { startedBy: other })],
    { is: 'unproven', because: 'no-tasks' },
  ],
  ['no task proves nothing', fargate, [], { is: 'unproven', because: 'no-tasks' }],
  [
    'a task that was never placed proves nothing',
    fargate,
    [task('FARGATE', pending)],
    { is: 'unproven', because: 'never-placed' },
  ],
  [
    'RUNNING with a refusal is an old copy',
    ec2,
    [task('EC2', { containers: [container({ reason: notPermitted })] })],
    { is: 'stale', trouble: { cause: 'not_permitted', host: 'i-0a1', taskId: '3f2a', container: 'app' } },
  ],
  [
    'one old copy outweighs all proofs',
    ec2,
    [task('EC2'), task('EC2', { containers: [container({ reason: notPermitted })] })],
    { is: 'stale', tasks: 2 },
  ],
  [
    'a refusal of a task that still starts is not judged yet',
    ec2,
    [task('EC2', { ...pending, containers: [container({ reason: notPermitted })] })],
    { is: 'unproven' },
  ],
  [
    'STOPPED with a refusal is denied',
    ec2,
    [stopped('EC2', notPermitted)],
    { is: 'denied', trouble: { cause: 'not_permitted', reason: notPermitted } },
  ],
  [
    'one denied task outweighs a proof',
    fargate,
    [task('FARGATE'), stopped('FARGATE', notPermitted)],
    { is: 'denied' },
  ],
  [
    'trouble of another deployment counts',
    fargate,
    [task('FARGATE'), stopped('FARGATE', notPermitted, { startedBy: other })],
    { is: 'denied' },
  ],
  [
    'a task on its way out is no longer running',
    ec2,
    [task('EC2', { desiredStatus: 'STOPPED', containers: [container({ reason: notPermitted })] })],
    { is: 'denied' },
  ],
  [
    'the reason may stand at the task only',
    fargate,
    [stopped('FARGATE', '', { stoppedReason: notPermitted })],
    { is: 'denied', trouble: { container: 'app' } },
  ],
  [
    'a secret that cannot be read is trouble of the login',
    fargate,
    [stopped('FARGATE', '', { stoppedReason: reasons.secretDenied })],
    { is: 'denied', trouble: { cause: 'secret_unreadable:iam' } },
  ],
  [
    'a text nobody knows is decided by an attempt of our own',
    ec2,
    [stopped('EC2', reasons.unknown)],
    { is: 'denied', trouble: { cause: 'unknown_pull' } },
  ],
  [
    'a missing image is another failure',
    ec2,
    [stopped('EC2', reasons.notFound(web))],
    { is: 'failed', trouble: { cause: 'image_not_found' } },
  ],
  [
    'a network failure is another failure',
    ec2,
    [stopped('EC2', reasons.network)],
    { is: 'failed', trouble: { cause: 'network' } },
  ],
  [
    'a failure that a later task made good is forgotten',
    fargate,
    [stopped('FARGATE', reasons.network), task('FARGATE')],
    { is: 'pulled' },
  ],
  [
    'RUNNING with network trouble says nothing of the copy',
    ec2,
    [task('EC2', { containers: [container({ reason: reasons.network })] })],
    { is: 'unproven', because: 'freshness' },
  ],
  [
    'a task that ran and exited crashed',
    fargate,
    [crashed({ exitCode: 1 })],
    { is: 'crashed', exitCode: 1, taskId: '3f2a' },
  ],
  ['a crash outweighs its own pull', fargate, [crashed({}), task('FARGATE')], { is: 'crashed' }],
  [
    'a container killed for its memory crashed',
    fargate,
    [crashed({ reason: oom, exitCode: 137 })],
    { is: 'crashed', exitCode: 137 },
  ],
  [
    'an essential container that could not be pulled is no crash',
    ec2,
    [stopped('EC2', notPermitted, { stopCode: 'EssentialContainerExited', stoppedReason: reasons.crash })],
    { is: 'denied' },
  ],
  [
    'a sidecar that another login pulls is no trouble of ours',
    fargate,
    [
      stopped('FARGATE', '', {
        stoppedReason: sidecarRefused,
        containers: [container({ lastStatus: 'STOPPED' }), sidecar],
      }),
    ],
    { is: 'unproven', because: 'never-placed' },
  ],
  [
    'nor is one whose container tells it',
    ec2,
    [
      stopped('EC2', '', {
        stoppedReason: 'CannotPullContainerError: denied: denied',
        containers: [container({ lastStatus: 'STOPPED' }), { ...sidecar, reason: sidecarRefused }],
      }),
    ],
    { is: 'unproven' },
  ],
];

test.each(table)('%s', (_says, service, tasks, verdict) => {
  expect(judge({ service, deploymentId: own, tasks }, diagnosePullFailure)).toMatchObject(verdict);
});

test('the two images of a stopped task are told apart by the one its reason names', () => {
  const service = { ...fargate, images: two };
  const reason = reasons.notPermitted(imageOf('proxy'));
  const tasks = [stopped('FARGATE', '', { stoppedReason: reason, containers: withProxy })];
  expect(judge({ service, deploymentId: own, tasks }, diagnosePullFailure)).toMatchObject({
    is: 'denied',
    trouble: { container: 'c1', image: imageOf('proxy') },
  });
});

test('pulled and unproven are final and no trouble; everything else is trouble', () => {
  const verdicts = table.map(([, service, tasks]) =>
    judge({ service, deploymentId: own, tasks }, diagnosePullFailure),
  );
  for (const verdict of verdicts) expect(isTrouble(verdict)).toBe(!isFinal(verdict));
  expect(new Set(verdicts.filter(isFinal).map(({ is }) => is))).toEqual(new Set(['pulled', 'unproven']));
});
