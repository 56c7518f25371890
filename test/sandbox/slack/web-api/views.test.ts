import { formOf, payloadOf, setUp } from '../setup.ts';
import { actions, button, input, modal, plain, section, textInput } from '../validator/payloads.ts';

const view = modal([section('one'), actions(button())]);

afterEach(() => jest.useRealTimers());

async function withTrigger() {
  const set = setUp();
  await set.as('U_AYA').command('/ecs-rotate', '', '#deploys');
  return { ...set, trigger_id: formOf(set.app.requests[0]).trigger_id };
}

async function withView() {
  const set = await withTrigger();
  const answer = await set.api('views.open', { trigger_id: set.trigger_id, view });
  return { ...set, view_id: answer.view.id, hash: answer.view.hash };
}

/** Presses the button of the view in front and gives the trigger the app got. */
async function pressed({ as, app, openView }: Awaited<ReturnType<typeof withView>>): Promise<string> {
  await as('U_AYA').click(openView('U_AYA')?.id ?? '', 'go');
  return payloadOf(app.requests.at(-1)).trigger_id;
}

test('opens a modal once for one trigger', async () => {
  const { api, trigger_id, openView } = await withTrigger();
  expect(await api('views.open', { trigger_id, view })).toMatchObject({
    ok: true,
    view: { type: 'modal', hash: expect.any(String) },
  });
  expect(openView('U_AYA')?.view.title).toEqual(plain('New login'));
  expect(await api('views.open', { trigger_id, view })).toMatchObject({
    ok: false,
    error: 'exchanged_trigger_id',
  });
});

test('opens nothing three seconds after the command', async () => {
  jest.useFakeTimers();
  const { api, trigger_id } = await withTrigger();
  await jest.advanceTimersByTimeAsync(3001);
  expect(await api('views.open', { trigger_id, view })).toMatchObject({ error: 'expired_trigger_id' });
});

test('opens nothing for a trigger it never gave', async () => {
  expect(await setUp().api('views.open', { trigger_id: '1.2.3', view })).toMatchObject({
    error: 'invalid_trigger_id',
  });
  expect(await setUp().api('views.open', { view })).toMatchObject({ error: 'invalid_trigger_id' });
});

test.each([
  [modal([input(textInput)], { submit: undefined }), 'invalid_blocks'],
  [{ type: 'home', blocks: [] }, 'invalid_arguments'],
  ['nothing', 'invalid_arguments'],
])('refuses to open %p', async (bad, error) => {
  const { api, trigger_id, openView } = await withTrigger();
  expect(await api('views.open', { trigger_id, view: bad })).toMatchObject({ ok: false, error });
  expect(openView('U_AYA')).toBeUndefined();
});

test('pushes up to three modals, each for a press in the one beneath', async () => {
  const set = await withView();
  expect(await set.api('views.push', { trigger_id: await pressed(set), view })).toMatchObject({ ok: true });
  expect(await set.api('views.push', { trigger_id: await pressed(set), view })).toMatchObject({ ok: true });
  expect(set.openView('U_AYA')?.rootId).toBe(set.view_id);
  expect(await set.api('views.push', { trigger_id: await pressed(set), view })).toMatchObject({
    error: 'push_limit_reached',
  });
});

test('updates a modal by its id, and by hash only while nobody else has', async () => {
  const { api, view_id, hash, openView, textOf } = await withView();
  const next = modal([section('two')]);
  expect(await api('views.update', { view_id, hash, view: next })).toMatchObject({ ok: true });
  expect(await api('views.update', { view_id, hash, view })).toMatchObject({
    ok: false,
    error: 'hash_conflict',
  });
  const shown = openView('U_AYA');
  expect(shown && textOf(shown)).toBe('New login\ntwo\n[Check]');
  expect(await api('views.update', { view_id, view })).toMatchObject({ ok: true });
});

test('updates a modal by its external id, and none that is closed', async () => {
  const { api, trigger_id, as, openView } = await withTrigger();
  await api('views.open', { trigger_id, view: { ...view, external_id: 'e1' } });
  expect(
    await api('views.update', { external_id: 'e1', view: { ...view, external_id: 'e1' } }),
  ).toMatchObject({ ok: true });
  await as('U_AYA').close(openView('U_AYA')?.id ?? '');
  expect(await api('views.update', { external_id: 'e1', view })).toMatchObject({ error: 'not_found' });
});

test('publishes a Home tab, with a hash against older ones', async () => {
  const { api, homeOf } = setUp();
  const home = { type: 'home', blocks: [section('Logins')] };
  const { view: first } = await api('views.publish', { user_id: 'U_AYA', view: home });
  const { view: second } = await api('views.publish', { user_id: 'U_AYA', hash: first.hash, view: home });
  expect(second.id).toBe(first.id);
  expect(await api('views.publish', { user_id: 'U_AYA', hash: first.hash, view: home })).toMatchObject({
    error: 'hash_conflict',
  });
  expect(await api('views.publish', { user_id: 'U_NONE', view: home })).toMatchObject({
    error: 'user_not_found',
  });
  expect(homeOf('U_AYA')?.view.type).toBe('home');
});

test('sends presses in the Home tab with the view they came from', async () => {
  const { api, app, as } = setUp();
  const answer = await api('views.publish', {
    user_id: 'U_AYA',
    view: { type: 'home', blocks: [actions(button())] },
  });
  await as('U_AYA').click(answer.view.id, 'go');
  expect(payloadOf(app.requests[0])).toMatchObject({
    container: { type: 'view', view_id: answer.view.id },
    view: { type: 'home' },
  });
});
