import { validateMessage } from '../../../sandbox/slack/validator/validate.ts';
import type { ReplyKind, RotationView } from '../../../src/rotation/ports.ts';
import type { CheckReport } from '../../../src/rotation/rules/checks.ts';
import { checkWeights } from '../../../src/rotation/rules/checks.ts';
import type { ConsumerRecord } from '../../../src/rotation/rules/consumer.ts';
import type { InstanceRecord } from '../../../src/rotation/rules/instance.ts';
import type { Rotation } from '../../../src/rotation/rules/rotation.ts';
import { renderReply } from '../../../src/slack/messages/reply.ts';
import { renderRotation } from '../../../src/slack/messages/rotation.ts';
import { textsFor } from '../../../src/text/catalogue.ts';
import {
  exampleHost,
  exampleService,
  exampleView,
  manyServices,
  okReport,
  people,
  states,
  trouble,
} from '../example-views.ts';
import { readBlocks } from '../reading.ts';

const texts = textsFor('en-US');
const hostile = '<!channel> & <https://evil|here> 🔥'.repeat(90).slice(0, 3000);

interface Size {
  readonly consumers: readonly ConsumerRecord[];
  readonly instances?: readonly InstanceRecord[];
  readonly report?: CheckReport;
  readonly changes?: Partial<Rotation>;
}

const factNames = [
  ...['repository', 'service', 'because', 'name', 'owner', 'role', 'image', 'why', 'count'],
  ...['ready', 'of', 'hosts', 'problem', 'secret'],
];
const factsOfAll = {
  ...Object.fromEntries(factNames.map((name) => [name, hostile])),
  registry: 'ghcr.io',
};

const everyFinding: CheckReport = {
  ...okReport,
  findings: Object.keys(checkWeights).map((check) => ({
    // Object.keys forgets that these are the keys.
    check: check as keyof typeof checkWeights,
    facts: factsOfAll,
  })),
};

const rotationOf = exampleView(states.checking).rotation;
const worstChanges: Partial<Rotation> = {
  ask: { ...rotationOf.ask, note: hostile, userName: hostile },
  approvals: [{ by: 'U_BEN', at: 1, emergency: hostile }],
  unreviewed: true,
  startedAt: 1,
  trouble: {
    cause: 'unexpected',
    detail: hostile,
    reference: hostile,
    at: 1,
    pull: { ...trouble, reason: hostile },
  },
};

const sizes: Record<string, Size> = {
  empty: { consumers: [] },
  typical: {
    report: okReport,
    changes: { startedAt: 1, approvals: [{ by: 'U_BEN', at: 1 }] },
    consumers: [
      exampleService('mailer', {
        planned: { action: 'restart', group: 0 },
        verdict: { is: 'denied', trouble, tasks: 2 },
      }),
      exampleService('api', { verdict: { is: 'stale', trouble: { ...trouble, host: 'i-0a1' }, tasks: 6 } }),
      exampleService('web', { running: 1, verdict: { is: 'pulled', provedBy: 2, tasks: 4 } }),
      exampleService('shop-api', {
        verdict: { is: 'crashed', taskId: 'abc', reason: 'Essential container exited', exitCode: 1 },
      }),
      exampleService('billing', { planned: { action: 'leave-out', because: 'code-deploy' } }),
    ],
  },
  hosts: {
    report: okReport,
    changes: {
      startedAt: 1,
      trouble: {
        cause: 'instance',
        instance: { id: 'arn/i-0c3', name: 'i-0c3', is: 'restored', why: 'agent-not-back' },
        at: 1,
      },
    },
    consumers: [exampleService('web')],
    instances: [
      exampleHost('i-0c1', { planned: { action: 'change', wave: 0 }, progress: { is: 'changed' } }),
      exampleHost('i-0c2'),
      exampleHost('i-0c3', { progress: { is: 'restored', why: 'agent-not-back' } }),
      exampleHost('i-0c4', { planned: { action: 'leave', because: 'unreachable' } }),
    ],
  },
  '300 services': { report: everyFinding, consumers: manyServices(300), changes: worstChanges },
  'names of 255 signs that need escaping': {
    report: everyFinding,
    changes: worstChanges,
    consumers: Array.from({ length: 30 }, (_, index) =>
      exampleService(`${index}${hostile}`.slice(0, 255), {
        running: 0,
        verdict: { is: 'denied', trouble: { ...trouble, reason: hostile, image: hostile }, tasks: 1 },
      }),
    ),
  },
};

const kinds: ReplyKind[] = [
  'failure',
  'paused',
  'reminder',
  'went-back',
  'ended',
  'asked-again',
  'emergency',
];
const cases: [string, RotationView][] = Object.entries(sizes).flatMap(([size, parts]) =>
  Object.entries(states).map(([name, state]): [string, RotationView] => [
    `${name}, ${size}`,
    exampleView(state, parts),
  ]),
);

test.each(cases)('Slack takes the message: %s', (_name, view) => {
  expect(validateMessage(renderRotation(view, texts, people))).toEqual([]);
});

test.each(cases)('Slack takes every reply: %s', (_name, view) => {
  for (const kind of kinds) expect(validateMessage(renderReply(view, kind, texts, people))).toEqual([]);
});

const neverSeen =
  /AWSCURRENT|AWSPENDING|canary|\bwaves?\b|preflight|fingerprint|staging label|verdict|\bstale\b|credential kind|undefined|\[object|NaN/i;

test.each(cases.filter(([name]) => !name.includes('255')))(
  'nobody reads a word of the trade: %s',
  (_name, view) => {
    const messages = [
      renderRotation(view, texts, people),
      ...kinds.map((kind) => renderReply(view, kind, texts, people)),
    ];
    for (const { text, blocks } of messages) expect(`${text}\n${readBlocks(blocks)}`).not.toMatch(neverSeen);
  },
);
