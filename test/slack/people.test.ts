import { createLog } from '../../src/log.ts';
import { createPeople } from '../../src/slack/people.ts';
import type { SlackSettings } from '../../src/slack/settings.ts';
import { createInstantClock } from './instant-clock.ts';
import { createRecordingSlack, slackErrors } from './recording-slack.ts';

const settings: SlackSettings = {
  teamId: 'T1',
  command: '/ecs-rotate',
  approvers: { userGroupId: 'S1', users: ['U_NAMED'] },
  requesters: { users: ['U_ASKS'] },
  entries: ['here'],
  defaultChannel: 'C1',
};

function setUp(user: object = { team_id: 'T1' }, group: () => unknown = () => ({ users: ['U_GROUP'] })) {
  const slack = createRecordingSlack({
    'users.info': () => ({ user }),
    'usergroups.users.list': group,
    'conversations.info': () => ({ channel: { is_ext_shared: true } }),
  });
  const clock = createInstantClock(0);
  const people = createPeople(slack.client, settings, { clock, log: createLog({ write: () => {} }) });
  return { slack, clock, people };
}

test.each([
  ['U_GROUP', { isApprover: true, isRequester: false }],
  ['U_NAMED', { isApprover: true, isRequester: false }],
  ['U_ASKS', { isApprover: false, isRequester: true }],
  ['U_OTHER', { isApprover: false, isRequester: false, isOutsider: false, mayStartInEmergency: false }],
])('knows what %s is', async (id, expected) => {
  expect(await setUp().people.person(id, 'T1')).toMatchObject(expected);
});

test.each([
  ['a guest', { team_id: 'T1', is_restricted: true }],
  ['a guest of one channel', { team_id: 'T1', is_ultra_restricted: true }],
  ['a person of another company', { team_id: 'T2' }],
  ['a stranger', { team_id: 'T1', is_stranger: true }],
  ['a bot', { team_id: 'T1', is_bot: true }],
  ['someone who has left', { team_id: 'T1', deleted: true }],
  ['someone whose team is not told', {}],
])('takes %s for an outsider', async (_what, user) => {
  expect(await setUp(user).people.person('U_GROUP', 'T1')).toMatchObject({ isOutsider: true });
});

test('takes a click from another workspace for an outsider, whatever Slack says of the person', async () => {
  expect(await setUp().people.person('U_GROUP', 'T2')).toMatchObject({ isOutsider: true });
  expect(await setUp().people.person('U_GROUP', undefined)).toMatchObject({ isOutsider: true });
});

test('asks Slack once a minute', async () => {
  const { people, slack, clock } = setUp();
  await people.person('U_GROUP', 'T1');
  await people.person('U_GROUP', 'T1');
  expect(slack.calls).toHaveLength(2);
  clock.advance(60_000);
  await people.person('U_GROUP', 'T1');
  expect(slack.calls).toHaveLength(4);
});

test('knows nobody where Slack does not answer, and never by an answer that has aged', async () => {
  let fails = false;
  const { people, clock } = setUp({ team_id: 'T1' }, () => {
    if (fails) throw slackErrors.limited(20);
    return { users: ['U_GROUP'] };
  });
  expect(await people.person('U_GROUP', 'T1')).toBeDefined();
  fails = true;
  expect(await people.person('U_GROUP', 'T1')).toBeDefined();
  clock.advance(60_000);
  expect(await people.person('U_GROUP', 'T1')).toBeUndefined();
  fails = false;
  expect(await people.person('U_GROUP', 'T1')).toBeDefined();
});

test('tells a channel that is shared with another company', async () => {
  expect(await setUp().people.channel('C_X')).toBe('shared');
});
