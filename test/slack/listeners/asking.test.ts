import { fillForm } from '../../../src/slack/fill-form.ts';
import { exampleRotation, states } from '../example-views.ts';
import { knownCredential, type SlackWorld, startSlackWorld } from '../slack-world.ts';

let world: SlackWorld;

const inventory = {
  at: Date.UTC(2026, 10, 20, 14),
  consumers: [],
  credentials: [
    knownCredential('prod/ghcr-pull', { services: 17, sameLogin: 1 }),
    knownCredential('staging/ghcr-pull', { services: 6, sameLogin: 1 }),
    knownCredential('old/ghcr', { services: 1, userName: 'old-bot' }),
    knownCredential('prod/hub', { registries: ['docker.io'], services: 4, userName: 'hubbot' }),
  ],
};

beforeEach(async () => {
  world = await startSlackWorld();
  await world.ledger.saveInventory(inventory);
});

afterEach(() => world.slack.close());

async function openForm(text = '', channel = '#ops') {
  expect(await world.slack.as('U_AYA').command('/ecs-rotate', text, channel)).toEqual({ kind: 'ok' });
  return front();
}

function front() {
  const view = world.slack.openView('U_AYA');
  if (!view)
    throw new Error(`no view: ${world.lines.join('\n')} ${JSON.stringify(world.slack.state.failures)}`);
  return view;
}

async function openSecondForm(entries: Record<string, string | string[]> = {}) {
  const view = await openForm();
  const outcome = await world.slack.as('U_AYA').submit(view.id, entries);
  expect(outcome.kind).toBe('updated');
  return front();
}

const token = 'ghp_0123456789abcdefghijMARKER';

test('offers the most used login, ticks the secrets that hold it, leaves the others of the registry unticked', async () => {
  const text = world.slack.textOf(await openForm());
  expect(text).toContain('prod/ghcr-pull · 17 services');
  expect(JSON.stringify(front().view)).toContain('holds another login: old-bot');
  expect(text).not.toContain('prod/hub');
  const element = front().view.blocks.find(({ block_id }) => String(block_id).startsWith('where:'));
  expect(element).toMatchObject({ element: { initial_options: [{}, {}], options: [{}, {}, {}] } });
});

test('fills the form anew when another login is chosen', async () => {
  const view = await openForm();
  const hub = JSON.stringify(view.view).match(
    /"value":"(\w+)","text":\{[^}]*Docker Hub|Docker Hub[^}]*\},"value":"(\w+)"/,
  );
  await world.slack.as('U_AYA').choose(view.id, 'login', hub?.[1] ?? hub?.[2] ?? '');
  expect(world.slack.textOf(front())).toContain('prod/hub · 4 services');
});

test('hands user name and token to the storing function, starts the workflow, and closes the form', async () => {
  const view = await openSecondForm({ note: 'the old one ends', why: 'expired', redeploy: 'failing' });
  const outcome = await world.slack.as('U_AYA').submit(view.id, { token: `  ${token}\t` });
  expect(outcome).toEqual({ kind: 'closed' });
  const [request] = world.stored;
  expect(request).toMatchObject({
    registry: 'ghcr.io',
    submission: view.id,
    password: token,
    ask: {
      by: 'U_AYA',
      channel: 'C_OPS',
      userName: 'acme-pull',
      why: 'expired',
      redeploy: 'failing',
      entry: 'here',
    },
  });
  expect(request?.credentials.map(({ name }) => name)).toEqual(['prod/ghcr-pull', 'staging/ghcr-pull']);
  expect(Math.abs((request?.tryUntil ?? 0) - Date.now() - 2_000)).toBeLessThan(2_000);
  expect(world.started).toEqual([[{ registry: 'ghcr.io', id: 'NEW42' }, 1]]);
});

test('has nothing to click beside the token, and says that Slack sees it', async () => {
  const view = await openSecondForm();
  const types = view.view.blocks.map(({ type }) => type);
  expect(types).not.toContain('actions');
  expect(JSON.stringify(view.view)).not.toContain('dispatch_action');
  expect(world.slack.textOf(view)).toContain('Slack sees what you type.');
  expect(world.slack.textOf(view)).toContain('read:packages');
});

test.each([
  ['ｇｈｐ_abc', 'full-width'],
  ['ghp_abc def', 'blank'],
  ['   ', 'Enter the token'],
])('names what is wrong with the token %j at its field, and stores nothing', async (typed, words) => {
  const view = await openSecondForm();
  const outcome = await world.slack.as('U_AYA').submit(view.id, { token: typed });
  expect(outcome).toMatchObject({ kind: 'errors', errors: { token: expect.stringContaining(words) } });
  expect(world.stored).toEqual([]);
});

test.each([
  [
    { result: 'login-refused', registry: 'ghcr.io' } as const,
    'ghcr.io refused this login. Nothing was stored.',
  ],
  [{ result: 'already-in-use' } as const, 'already in use'],
  [{ result: 'held', by: 'U_BEN', id: 'OTHER', phase: 'rolling' } as const, 'under way (OTHER)'],
  [
    { result: 'failed', code: 'aws-denied', says: 'AWS said no.', next: 'Allow it.' } as const,
    'AWS said no. Allow it.',
  ],
])('tells at the field: %j', async (answer, words) => {
  world.world.answer = answer;
  const view = await openSecondForm();
  const outcome = await world.slack.as('U_AYA').submit(view.id, { token });
  expect(outcome).toMatchObject({ kind: 'errors', errors: { token: expect.stringContaining(words) } });
  expect(world.started).toEqual([]);
});

test('mends a refused token in the same form', async () => {
  world.world.answer = { result: 'login-refused', registry: 'ghcr.io' };
  const view = await openSecondForm();
  await world.slack.as('U_AYA').submit(view.id, { token: 'wrong' });
  world.world.answer = undefined;
  expect(await world.slack.as('U_AYA').submit(view.id, { token })).toEqual({ kind: 'closed' });
  expect(world.started).toHaveLength(1);
});

test('starts the execution again where the same form comes twice, which is the same execution', async () => {
  world.world.answer = { result: 'repeated', key: { registry: 'ghcr.io', id: 'NEW42' } };
  const view = await openSecondForm();
  expect(await world.slack.as('U_AYA').submit(view.id, { token })).toEqual({ kind: 'closed' });
  expect(world.started).toEqual([[{ registry: 'ghcr.io', id: 'NEW42' }, 1]]);
});

test('needs no second form where the value is stored already', async () => {
  const view = await openForm();
  const outcome = await world.slack.as('U_AYA').submit(view.id, { entry: 'stored' });
  expect(outcome).toEqual({ kind: 'closed' });
  expect(world.stored[0]).toMatchObject({ ask: { entry: 'stored', userName: 'acme-pull' } });
  expect(world.stored[0]?.password).toBeUndefined();
});

test('says which secret has nothing stored', async () => {
  world.world.answer = { result: 'nothing-stored', name: 'prod/ghcr-pull' };
  const view = await openForm();
  const outcome = await world.slack.as('U_AYA').submit(view.id, { entry: 'stored' });
  expect(outcome).toMatchObject({ errors: { entry: expect.stringContaining('prod/ghcr-pull') } });
});

test('refuses to prove a login without a restart', async () => {
  const view = await openForm();
  const outcome = await world.slack.as('U_AYA').submit(view.id, { entry: 'in-use', redeploy: 'none' });
  expect(outcome).toMatchObject({
    kind: 'errors',
    errors: { redeploy: expect.stringContaining('must restart') },
  });
});

test('shows that another request waits, and replaces it only once that was shown', async () => {
  const first = await openForm();
  world.ledger.put(
    exampleRotation(states.waiting, { ask: { ...exampleRotation(states.waiting).ask, by: 'U_BEN' } }),
  );
  const told = await world.slack.as('U_AYA').submit(first.id);
  expect(told.kind).toBe('updated');
  expect(world.slack.textOf(front())).toContain('Asked by @ben');
  await world.slack.as('U_AYA').submit(front().id);
  expect(world.slack.textOf(front())).toContain('Asked by @ben');
  await world.slack.as('U_AYA').submit(front().id, { token });
  expect(world.stored[0]?.replaces).toBe('7K2M9');
});

test('says at the login that a change is under way, which cannot be replaced', async () => {
  world.ledger.put(exampleRotation(states.rolling));
  const view = await openForm();
  const outcome = await world.slack.as('U_AYA').submit(view.id);
  expect(outcome).toMatchObject({ kind: 'errors', errors: { login: expect.stringContaining('7K2M9') } });
});

test('tells of a request that came in between, and replaces it when sent again', async () => {
  const view = await openSecondForm();
  world.ledger.put(exampleRotation(states.waiting));
  world.world.answer = { result: 'may-replace', by: 'U_AYA', id: '7K2M9' };
  const outcome = await world.slack.as('U_AYA').submit(view.id, { token });
  expect(outcome.kind).toBe('updated');
  expect(world.slack.textOf(front())).toContain('Sending this replaces it');
  world.world.answer = undefined;
  await world.slack.as('U_AYA').submit(front().id, { token });
  expect(world.stored.at(-1)?.replaces).toBe('7K2M9');
});

test('opens a view that is looking where no scan has been made, and the desk fills it', async () => {
  await world.ledger.saveInventory({ at: 0, credentials: [], consumers: [] });
  expect(world.slack.textOf(await openForm())).toContain('Looking for registry logins');
  const [request] = world.asked;
  if (!request) throw new Error('nothing was asked of the desk');
  await fillForm({ ...world.deps, scan: () => world.ledger.saveInventory(inventory) }, request);
  expect(world.slack.textOf(front())).toContain('prod/ghcr-pull');
});

test('says in the view that was looking that there is nothing, or that the look failed', async () => {
  await world.ledger.saveInventory({ at: 0, credentials: [], consumers: [] });
  await openForm();
  const [request] = world.asked;
  if (!request) throw new Error('nothing was asked of the desk');
  await fillForm({ ...world.deps, scan: () => Promise.reject(new Error('throttled')) }, request);
  expect(world.slack.textOf(front())).toContain('did not succeed');
  await fillForm({ ...world.deps, scan: async () => {} }, { ...request, hash: '' });
  expect(world.slack.textOf(front())).toContain('No logins found yet');
});

test('does not let the token into log, views, messages or the desk', async () => {
  const view = await openSecondForm();
  world.world.answer = { result: 'login-refused', registry: 'ghcr.io' };
  await world.slack.as('U_AYA').submit(view.id, { token });
  const said = [...world.lines, JSON.stringify(world.slack.state.calls), JSON.stringify(world.asked)].join(
    '\n',
  );
  expect(world.stored[0]?.password).toBe(token);
  expect(said).not.toContain('MARKER');
});
