import type { SecretProblem } from '../../../../../sandbox/aws/ecs/agent/execution-role.ts';
import { AwsFault } from '../../../../../sandbox/aws/operation.ts';
import { diagnosePullFailure } from '../../../../../src/ecs/pull-failure.ts';
import { canned, sampleReason } from '../pull/canned.ts';
import { type EcsUnderTest, image, startEcs } from '../start-ecs.ts';
import { privateContainer, runOnce } from './run-once.ts';

const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:ci/ghcr-AbCdEf';
const role = 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole';
const notFound = new AwsFault(
  'ResourceNotFoundException',
  "Secrets Manager can't find the specified secret.",
);
const deleted = new AwsFault(
  'InvalidRequestException',
  "You can't perform this operation on the secret because it was marked for deletion.",
);

/** Without ids that differ from run to run, the tail that not every sample has, and curly apostrophes. */
const levelled = (text: string): string =>
  text
    .replace(/(request id: |RequestID: )[\w-]+/g, '$1-')
    .replace(/(ecsTaskExecutionRole)\/\w{32}/g, '$1/-')
    .replace(/ because no identity-based policy.*$/, '')
    .replaceAll('’', "'");

describe('a secret the execution role cannot use', () => {
  let access: 'allowed' | 'denied' | 'kms';
  let value: string | AwsFault;
  let asked: (string | undefined)[];
  let under: EcsUnderTest;
  beforeEach(async () => {
    access = 'allowed';
    value = '{}';
    asked = [];
    under = await startEcs({
      ask: canned({}),
      secretAccess: () => access,
      secrets: {
        readCurrent(_id, roleArn) {
          asked.push(roleArn);
          return read(value);
        },
      },
    });
    under.ecs.addInstance({ cluster: 'prod' });
  });
  afterEach(() => under.close());

  const reasonOn = async (launch: 'EC2' | 'FARGATE', secret = arn, executionRole = role) => {
    const task = await runOnce(under, launch, [privateContainer(image, secret)], executionRole);
    expect(task).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      pullStartedAt: undefined,
    });
    return task.stoppedReason ?? '';
  };

  it.each<['EC2' | 'FARGATE', 'denied' | 'kms', string[]]>([
    ['EC2', 'denied', ['asm fetching secret', 'assumed-role']],
    ['EC2', 'kms', ['asm fetching secret', 'KMS']],
    ['FARGATE', 'denied', ['unable to retrieve secret from asm', 'assumed-role']],
    ['FARGATE', 'kms', ['unable to retrieve secret from asm', 'KMS']],
  ])('stops the task on %s, worded as sampled, when %s', async (launch, decision, parts) => {
    access = decision;
    expect(levelled(await reasonOn(launch))).toBe(levelled(sampleReason(...parts)));
  });

  it.each<['EC2' | 'FARGATE', string, AwsFault, string[]]>([
    ['EC2', 'ci/ghcr', notFound, ['asm fetching secret', 'ResourceNotFound']],
    ['FARGATE', arn, notFound, ['retrieve secret from asm', 'ResourceNotFound']],
    ['FARGATE', arn, deleted, ['retrieve secret from asm', 'marked for deletion']],
  ])('stops the task on %s, worded as sampled, when %s fails so', async (launch, secret, fault, parts) => {
    value = fault;
    expect(levelled(await reasonOn(launch, secret))).toBe(levelled(sampleReason(...parts)));
  });

  it.each([
    [
      '["not", "an object"]',
      'asm fetching authorization data: unable to unmarshal secret value, invalid schema',
    ],
    ['no JSON', 'asm fetching authorization data: unable to unmarshal secret value, invalid schema'],
    [
      '{"username":"a","password":7}',
      'asm fetching authorization data: unable to unmarshal secret value, invalid schema',
    ],
    ['', 'asm fetching authorization data: empty secrets value'],
    ['{"password":"b"}', 'asm fetching username: AuthorizationData is malformed, empty field'],
    ['{"username":"a","pass":"b"}', 'asm fetching password: AuthorizationData is malformed, empty field'],
    [
      '{"username":"a","password":null}',
      'asm fetching password: AuthorizationData is malformed, empty field',
    ],
  ])('stops the task on EC2 over the value %s', async (text, reason) => {
    value = text;
    expect(await reasonOn('EC2')).toBe(reason);
  });

  it('stops the task on Fargate over a missing key', async () => {
    value = '{"password":"b"}';
    expect(await reasonOn('FARGATE')).toBe(sampleReason('did not contain json key username'));
  });

  it('is refused alike where Secrets Manager itself refuses the role', async () => {
    value = new AwsFault('AccessDeniedException', 'Access to KMS is not allowed');
    expect(levelled(await reasonOn('FARGATE'))).toBe(
      levelled(sampleReason('retrieve secret from asm', 'KMS')),
    );
    value = new AwsFault('AccessDeniedException', `User: ${role} is not authorized`);
    expect(await reasonOn('FARGATE')).toContain('api error AccessDeniedException: User: ');
    expect(asked).toEqual([role, role]);
  });

  it('needs an execution role', async () => {
    const task = await runOnce(under, 'EC2', [privateContainer(image)], '');
    expect(task.stoppedReason).toBe(sampleReason('unable to find execution role credentials'));
  });

  it('stops the task though the image is local', async () => {
    value = JSON.stringify({ Username: 'any', password: 'case', note: [1] });
    expect((await runOnce(under, 'EC2', [privateContainer(image, arn)], role)).lastStatus).toBe('RUNNING');
    access = 'denied';
    await reasonOn('EC2');
  });

  it.each<[SecretProblem['kind'], string]>([
    ['denied', 'secret_unreadable:iam'],
    ['kms', 'secret_unreadable:kms'],
  ])('is told by its text on both kinds of host: %s', async (decision, cls) => {
    access = decision === 'kms' ? 'kms' : 'denied';
    for (const launch of ['EC2', 'FARGATE'] as const) {
      expect(diagnosePullFailure(await reasonOn(launch))?.class).toBe(cls);
    }
  });
});

function read(value: string | AwsFault): string {
  if (value instanceof AwsFault) throw value;
  return value;
}
