import { exampleRotation, exampleService, states } from '../example-views.ts';
import { knownCredential, type SlackWorld, startSlackWorld } from '../slack-world.ts';

let world: SlackWorld;

beforeEach(async () => {
  world = await startSlackWorld();
});

afterEach(() => world.slack.close());

async function told(text: string, user = 'U_AYA', channel = '#ops'): Promise<string> {
  expect(await world.slack.as(user).command('/ecs-rotate', text, channel)).toEqual({ kind: 'ok' });
  return world.slack
    .privateTo(user)
    .map((message) => world.slack.textOf(message))
    .join('\n');
}

test.each(['help', 'nonsense'])('tells what it can do after %j', async (text) => {
  const answer = await told(text);
  expect(answer).toContain('/ecs-rotate explain <error text>');
  expect(answer.includes('“nonsense” is not known.')).toBe(text === 'nonsense');
});

test('explains an error text to the asker only', async () => {
  const text =
    'explain CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ghcr.io/acme/api:1: failed to authorize: 401 Unauthorized';
  const answer = await told(text);
  expect(answer).toMatch(/Why/);
  expect(answer).toContain('It concerns the login.');
  expect(world.slack.messages('#ops')).toEqual([]);
});

test('says that a text is of no failed pull', async () => {
  expect(await told('explain Essential container in task exited')).toContain(
    'does not tell of a failed pull',
  );
  expect(await told('explain')).toContain('Paste the text');
});

test('tells the logins and what is open', async () => {
  expect(await told('status')).toContain('No look for logins has been made yet');
  await world.ledger.saveInventory({
    at: 1,
    consumers: [],
    credentials: [knownCredential('prod/ghcr-pull')],
  });
  world.ledger.put(exampleRotation(states.waiting));
  const answer = await told('status');
  expect(answer).toContain('prod/ghcr-pull · ghcr.io · 3 services');
  expect(answer).toContain('ghcr.io · waits for approval · asked by @aya · 7K2M9');
});

test('tells who uses a login and how the last change of it ended', async () => {
  const credential = knownCredential('prod/ghcr-pull');
  const service = exampleService('mailer').consumer;
  const images = service.images.map((image) => ({ ...image, credentialId: credential.id }));
  await world.ledger.saveInventory({ at: 1, credentials: [credential], consumers: [{ ...service, images }] });
  world.ledger.put(exampleRotation(states.done));
  const answer = await told('status ghcr');
  expect(answer).toContain('mailer · service · production');
  expect(answer).toMatch(/Last.*done/);
  expect(await told('status nothing-like-it')).toContain('No login is called “nothing-like-it”.');
});

test('keeps the status of 200 logins within what Slack takes', async () => {
  const credentials = Array.from({ length: 200 }, (_, n) => knownCredential(`${'<!channel>'.repeat(9)}${n}`));
  await world.ledger.saveInventory({ at: 1, credentials, consumers: [] });
  expect(await told('status')).toContain('and 180 more');
});

test.each([
  ['U_GUEST', '#ops', 'Guests and people of other companies'],
  ['U_FOREIGN', '#ops', 'Guests and people of other companies'],
  ['U_AYA', '#shared', 'shared with another company'],
])('refuses %s in %s', async (user, channel, words) => {
  expect(await told('', user, channel)).toContain(words);
  expect(world.slack.openView(user)).toBeUndefined();
});

test('lets nobody ask but approvers and those named', async () => {
  expect(await told('', 'U_OTTO')).toContain('You may not ask for a new login');
});

test('shows a request made where the app may not post in the default channel', async () => {
  await world.ledger.saveInventory({
    at: 1,
    consumers: [],
    credentials: [knownCredential('prod/ghcr-pull')],
  });
  await told('', 'U_AYA', '#secret');
  const view = world.slack.openView('U_AYA');
  expect(JSON.parse(String(view?.view.private_metadata))).toMatchObject({ channel: 'C_OPS' });
});
