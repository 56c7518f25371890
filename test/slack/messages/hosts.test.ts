import type { RotationView } from '../../../src/rotation/ports.ts';
import type { Finding } from '../../../src/rotation/rules/checks.ts';
import type { RotatedCredential } from '../../../src/rotation/rules/credential.ts';
import type { RotationState, Trouble } from '../../../src/rotation/rules/rotation.ts';
import { renderReply } from '../../../src/slack/messages/reply.ts';
import { renderRotation } from '../../../src/slack/messages/rotation.ts';
import { textsFor } from '../../../src/text/catalogue.ts';
import { exampleHost, exampleService, exampleView, now, okReport, people, states } from '../example-views.ts';
import { buttonsOf, readBlocks } from '../reading.ts';

const show = (view: RotationView) => {
  const { text, blocks } = renderRotation(view, textsFor(), people);
  return { notice: text, text: readBlocks(blocks), buttons: buttonsOf(blocks) };
};

const credential: RotatedCredential = {
  kind: 'agent',
  target: 'main',
  id: 'prod|ghcr.io',
  name: 'prod hosts',
  baseVersionId: 'base',
  stagedVersionId: 'staged',
};
const away = { action: 'leave', because: 'unreachable' } as const;

/** Forty hosts: so many have changed, and the last three are away. */
function fortyHosts(changed: number) {
  return Array.from({ length: 40 }, (_, n) =>
    exampleHost(`i-${n}`, {
      planned: n < 37 ? { action: 'change', wave: n === 0 ? 0 : 1 } : away,
      progress: n < changed ? { is: 'changed' } : { is: 'not-started' },
    }),
  );
}

function viewOf(state: RotationState, changed: number, trouble?: Trouble, report = okReport): RotationView {
  return exampleView(state, {
    consumers: [exampleService('web')],
    instances: fortyHosts(changed),
    report,
    changes: { credentials: [credential], startedAt: now - 60_000, ...(trouble ? { trouble } : {}) },
  });
}

test('the question says how many hosts change and that tasks run on, the dialog how many are left', () => {
  const { text } = show(viewOf(states.waiting, 0));
  expect(text).toContain(
    '37 hosts of 1 cluster get the new login, and their ECS agents restart; tasks run on. 3 hosts are left.',
  );
  expect(text).toContain('Change 37 hosts, leave 3. Restarts 1 service.');
  expect(text).not.toContain('0 secrets');
});

test('what is not ready is told with tasks and zone, and what becomes of it', () => {
  const facts = { name: 'prod hosts', ready: 37, of: 40, because: 'unreachable' };
  const hosts = 'i-0c3:4:eu-west-1a i-0d1:0: i-0e9:1:eu-west-1b';
  const findings: Finding[] = [{ check: 'instances-not-ready', facts: { ...facts, hosts } }];
  expect(show(viewOf(states.waiting, 0, undefined, { ...okReport, findings })).text).toContain(
    '*Decide*  37 of 40 prod hosts are ready. Not reached: i-0c3 (4 tasks, eu-west-1a), i-0d1 (0 tasks), i-0e9 (1 task, eu-west-1b). They keep the old login until they are back or replaced',
  );
});

test('what the agent does not read is told in words, with what to do', () => {
  const facts = { name: 'prod hosts', count: 3, problem: 'data-not-json' };
  const findings: Finding[] = [{ check: 'agent-config-broken', facts }];
  const { text } = show(viewOf(states.waiting, 0, undefined, { ...okReport, findings }));
  expect(text).toContain('*Note*  On 3 of prod hosts: ');
  expect(text).not.toContain('data-not-json');
});

test('a role that may not read the secret stops, with the statement to add', () => {
  const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:ecs-rotate/prod';
  const facts = { name: 'prod hosts', ready: 0, of: 1, because: 'role-missing', hosts: 'i-0c3:4:' };
  const findings: Finding[] = [
    { check: 'instances-none-ready', facts: { ...facts, role: 'prod-hosts', secret } },
  ];
  const { text, buttons } = show(viewOf(states.cannotStart, 0, undefined, { ...okReport, findings }));
  expect(text).toContain(
    `add to prod-hosts \`{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "${secret}"}\`, then press Check Again.`,
  );
  expect(buttons).not.toContain('Approve');
});

test('the hosts change before people’s eyes: the first one, then how many, and it can be stopped', () => {
  expect(show(viewOf({ ...states.fleet, wave: 0 }, 0)).text).toContain(
    '*First host.* The ECS agent of i-0 restarts with the new login. Tasks run on.',
  );
  const { text, notice, buttons } = show(viewOf(states.fleet, 12));
  expect(text).toContain('*Changing hosts:* 12 of 37 done · group 2 of 5');
  expect(notice).toBe('New ghcr.io login: 12 of 37 hosts changed. Nothing is down.');
  expect(buttons).toEqual(['Stop']);
  const stopped = show(viewOf({ ...states.fleet, stop: { by: 'U_AYA', at: now } }, 12));
  expect(stopped.text).toContain('<@U_AYA> pressed Stop.');
  expect(stopped.buttons).toEqual([]);
  expect(show(viewOf({ ...states.fleet, wave: 5 }, 37)).text).toContain('whether others have joined');
});

test.each([
  ['refused', 'Nothing was changed on it'],
  ['restored', 'Its file of before is in place again'],
  ['failed', 'it is not known which one its agent uses'],
] as const)(
  'a host that was not changed (%s) is told, with what was done and that nothing is down',
  (is, says) => {
    const instance = { id: 'arn/i-5', name: 'i-5', is, why: 'agent-not-back' };
    const view = viewOf(states.paused, 12, { cause: 'instance', instance, at: now });
    const { text, buttons } = show(view);
    expect(text).toMatch(/i-5 .+ login.*: its ECS agent did not come back/);
    expect(text).toContain(says);
    expect(text).toContain('Nothing is down.');
    expect(buttons).toContain('Leave It Out');
    const reply = renderReply(view, 'paused', textsFor(), people);
    expect(readBlocks(reply.blocks)).toContain('Look at the agent');
  },
);

test('the way back says how many hosts get the old login again', () => {
  const state = { ...states.goingBack, step: 'fleet' } as const;
  expect(show(viewOf(state, 12)).text).toContain('12 hosts get it back.');
  expect(show(viewOf(state, 1)).text).toContain('1 host gets it back.');
});

test('the end names the hosts on which nothing has pulled yet', () => {
  const seen = Array.from({ length: 36 }, (_, n) => `i-${n}`);
  const view = viewOf(states.done, 37);
  const web = exampleService('web', { verdict: { is: 'pulled', provedBy: 36, tasks: 36, hosts: seen } });
  expect(show({ ...view, consumers: [web] }).text).toContain('No task has pulled on i-36 yet');
  const all = exampleService('web', {
    verdict: { is: 'pulled', provedBy: 37, tasks: 37, hosts: [...seen, 'i-36'] },
  });
  expect(show({ ...view, consumers: [all] }).text).not.toContain('No task has pulled');
});

test('the end names the hosts that keep the old login', () => {
  const left = [
    { consumerId: 'arn/i-38', name: 'i-38', because: 'unreachable' },
    { consumerId: 'arn/i-39', name: 'i-39', because: 'unreachable' },
  ];
  expect(show(viewOf({ ...states.finished, left }, 37)).text).toContain(
    'i-38 and i-39 keep the old login until they are back or replaced.',
  );
  const open = [{ ...left[0], consumerId: 'arn/i-38', name: 'i-38', because: 'failed' }];
  expect(show(viewOf({ ...states.finished, left: open }, 37)).text).toContain(
    'Of i-38 it is not known which login its agent uses.',
  );
  expect(show(viewOf({ ...states.wentBack, left }, 37)).text).toContain(
    'i-38 and i-39 could not be given the old login again and need a look.',
  );
});
