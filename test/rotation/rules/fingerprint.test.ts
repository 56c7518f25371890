import type { ConsumerRecord } from '../../../src/rotation/rules/consumer.ts';
import { fingerprintOf } from '../../../src/rotation/rules/fingerprint.ts';
import type { Rotation } from '../../../src/rotation/rules/rotation.ts';
import { imageOf, prodSecret } from '../fakes/example-consumers.ts';
import { now, recordOf, rotationIn } from '../fakes/example-rotation.ts';

const rotation = rotationIn('waiting');
const records = [recordOf('web'), recordOf('mailer'), recordOf('old', leftOut())];
const before = fingerprintOf(rotation, records);

function leftOut(): Pick<ConsumerRecord, 'planned'> {
  return { planned: { action: 'leave-out', because: 'moved-tag' } };
}

function withCredential(change: Partial<Rotation['credentials'][number]>): Rotation {
  return {
    ...rotation,
    credentials: rotation.credentials.map((credential) => ({ ...credential, ...change })),
  };
}

function image(of: string, runningDigest?: string): ConsumerRecord {
  const images = [
    { container: 'app', image: of, credentialId: prodSecret, ...(runningDigest && { runningDigest }) },
  ];
  return recordOf('web', { consumer: { images } });
}

const [web = recordOf('web'), mailer = recordOf('mailer')] = records;

test.each<[string, Rotation, readonly ConsumerRecord[]]>([
  ['another staged version', withCredential({ stagedVersionId: 'other' }), records],
  ['another base version', withCredential({ baseVersionId: 'other' }), records],
  ['another secret', withCredential({ id: 'arn:other' }), records],
  ['another target', withCredential({ target: 'staging' }), records],
  ['one credential fewer', { ...rotation, credentials: [] }, records],
  ['a service more', rotation, [...records, recordOf('api')]],
  ['a service fewer', rotation, [web]],
  ['a service that was left out before', rotation, [web, mailer, recordOf('old')]],
  ['another image repository', rotation, [image(imageOf('web-next')), mailer]],
  ['another choice of services', { ...rotation, ask: { ...rotation.ask, redeploy: 'failing' } }, records],
  ['another way in', { ...rotation, ask: { ...rotation.ask, entry: 'stored' } }, records],
])('%s is another fingerprint', (_what, changed, changedRecords) => {
  expect(fingerprintOf(changed, changedRecords)).not.toBe(before);
});

test.each<[string, Rotation, readonly ConsumerRecord[]]>([
  ['another order', rotation, [...records].reverse()],
  ['a new revision', rotation, [recordOf('web', { consumer: { taskDefinition: 'web:99' } }), mailer]],
  ['other task counts', rotation, [recordOf('web', { consumer: { desired: 9, running: 7 } }), mailer]],
  ['a new tag', rotation, [image('ghcr.io/acme/web:2.0'), mailer]],
  ['a running digest', rotation, [image(imageOf('web'), 'sha256:aa'), mailer]],
  ['a pinned digest', rotation, [image(`ghcr.io/acme/web@sha256:${'a'.repeat(64)}`), mailer]],
  ['another group', rotation, [recordOf('web', { planned: { action: 'restart', group: 4 } }), mailer]],
  ['one more that is left out', rotation, [...records, recordOf('api', leftOut())]],
  ['progress', rotation, [recordOf('web', { verdict: { is: 'pulled', provedBy: 1, tasks: 2 } }), mailer]],
  [
    'what follows in the story',
    { ...rotation, rev: 9, approvals: [{ by: 'U', at: now }], generation: 4 },
    records,
  ],
])('%s is the same fingerprint', (_what, changed, changedRecords) => {
  expect(fingerprintOf(changed, changedRecords)).toBe(before);
});

test('a fingerprint is 16 hexadecimal digits, which fit into a button', () => {
  expect(before).toMatch(/^[0-9a-f]{16}$/);
});
