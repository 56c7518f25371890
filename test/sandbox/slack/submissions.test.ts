import { formOf, payloadOf, setUp } from './setup.ts';
import {
  actions,
  button,
  input,
  modal,
  option,
  plain,
  section,
  select,
  textInput,
} from './validator/payloads.ts';

const form = (more: object = {}) =>
  modal(
    [
      input(select([option('ghcr'), option('hub')], { initial_option: option('ghcr') }), {
        block_id: 'login',
      }),
      input({ ...textInput, min_length: 3, max_length: 5 }, { block_id: 'token' }),
      input(
        { type: 'checkboxes', action_id: 'v', options: [option('x'), option('y')] },
        { block_id: 'where', optional: true },
      ),
    ],
    { callback_id: 'form', ...more },
  );

/** Opens a form for Aya and gives the view's id. */
async function opened(view: object = form()) {
  const set = setUp();
  await set.as('U_AYA').command('/ecs-rotate', '', '#deploys');
  const trigger = formOf(set.app.requests[0]).trigger_id;
  const answer = await set.api('views.open', { trigger_id: trigger, view });
  expect(answer.ok).toBe(true);
  set.app.requests.length = 0;
  return { ...set, viewId: set.openView('U_AYA')?.id ?? '' };
}

const respond = (body: object) => () => ({ body: JSON.stringify(body) });

test('sends the values of every input, entered or initial', async () => {
  const { app, as, viewId } = await opened();
  expect(await as('U_AYA').submit(viewId, { token: 'abc', where: ['y'] })).toEqual({ kind: 'closed' });
  const payload = payloadOf(app.requests[0]);
  expect(payload).toMatchObject({ type: 'view_submission', view: { id: viewId, callback_id: 'form' } });
  expect(payload.view.state.values).toEqual({
    login: { v: { type: 'static_select', selected_option: option('ghcr') } },
    token: { v: { type: 'plain_text_input', value: 'abc' } },
    where: { v: { type: 'checkboxes', selected_options: [option('y')] } },
  });
});

test.each([
  [{}, 'Please complete this required field.'],
  [{ token: 'ab' }, 'Please enter at least 3 characters.'],
  [{ token: 'abcdef' }, 'Please enter at most 5 characters.'],
])('asks for the entries %p itself, without the app', async (entries, token) => {
  const { app, as, viewId, openView } = await opened();
  expect(await as('U_AYA').submit(viewId, entries)).toEqual({
    kind: 'errors',
    errors: { token },
    by: 'slack',
  });
  expect(app.requests).toEqual([]);
  expect(openView('U_AYA')?.id).toBe(viewId);
});

test('shows field errors of the app and leaves the form open with its values', async () => {
  const { app, as, viewId, openView } = await opened();
  app.answer = respond({ response_action: 'errors', errors: { token: 'ghcr.io refused this login.' } });
  expect(await as('U_AYA').submit(viewId, { token: 'abc' })).toEqual({
    kind: 'errors',
    errors: { token: 'ghcr.io refused this login.' },
    by: 'app',
  });
  app.answer = () => ({});
  await as('U_AYA').submit(viewId);
  expect(payloadOf(app.requests[1]).view.state.values.token.v.value).toBe('abc');
  expect(openView('U_AYA')).toBeUndefined();
});

test.each([
  ['a block that is not there', { nowhere: 'x' }],
  ['nothing', {}],
])('fails on errors for %s, as Slack does', async (_where, errors) => {
  const { app, as, viewId } = await opened();
  app.answer = respond({ response_action: 'errors', errors });
  expect(await as('U_AYA').submit(viewId, { token: 'abc' })).toEqual({
    kind: 'failed',
    error: 'invalid_errors',
  });
});

test('replaces the view on update, keeping what was entered into inputs that stay', async () => {
  const { app, as, viewId } = await opened();
  const next = modal([
    input({ ...textInput }, { block_id: 'token' }),
    input(textInput, { block_id: 'user' }),
  ]);
  app.answer = respond({ response_action: 'update', view: next });
  expect(await as('U_AYA').submit(viewId, { token: 'abc' })).toMatchObject({
    kind: 'updated',
    view: { id: viewId },
  });
  app.answer = () => ({});
  await as('U_AYA').submit(viewId, { user: 'pull' });
  const { values } = payloadOf(app.requests[1]).view.state;
  expect([values.token.v.value, values.user.v.value, values.login]).toEqual(['abc', 'pull', undefined]);
});

test('pushes up to three views and goes back through them', async () => {
  const { app, as, viewId, openView } = await opened(modal([section('1')]));
  app.answer = respond({ response_action: 'push', view: modal([section('next')]) });
  expect(await as('U_AYA').submit(viewId)).toMatchObject({
    kind: 'pushed',
    view: { previousId: viewId, rootId: viewId },
  });
  await as('U_AYA').submit(openView('U_AYA')?.id ?? '');
  const third = openView('U_AYA')?.id ?? '';
  expect(await as('U_AYA').submit(third)).toEqual({ kind: 'failed', error: 'push_limit_reached' });
  await as('U_AYA').close(third);
  expect(openView('U_AYA')?.previousId).toBe(viewId);
});

test('clears the whole stack when the app says so', async () => {
  const { app, as, viewId, openView } = await opened(modal([section('1')]));
  app.answer = respond({ response_action: 'push', view: modal([section('2')]) });
  await as('U_AYA').submit(viewId);
  app.answer = respond({ response_action: 'clear' });
  expect(await as('U_AYA').submit(openView('U_AYA')?.id ?? '')).toEqual({ kind: 'closed' });
  expect(openView('U_AYA')).toBeUndefined();
});

test.each([
  [
    'an invalid view',
    respond({ response_action: 'update', view: modal([], { title: plain('t'.repeat(25)) }) }),
    /invalid_view/,
  ],
  ['an unknown action', respond({ response_action: 'dance' }), /unknown_response_action/],
  ['something unreadable', () => ({ body: 'ok' }), /unreadable_answer/],
  ['500', () => ({ status: 500 }), /dispatch_failed/],
])('keeps the form open where the app answers %s', async (_what, answer, error) => {
  const { app, as, viewId, openView } = await opened();
  app.answer = answer;
  expect(await as('U_AYA').submit(viewId, { token: 'abc' })).toEqual({
    kind: 'failed',
    error: expect.stringMatching(error),
  });
  expect(openView('U_AYA')?.id).toBe(viewId);
});

test('tells the app of a closed view only where it asked', async () => {
  const quiet = await opened();
  await quiet.as('U_AYA').close(quiet.viewId);
  expect(quiet.app.requests).toEqual([]);
  const { app, as, viewId } = await opened(form({ notify_on_close: true }));
  await as('U_AYA').close(viewId);
  expect(payloadOf(app.requests[0])).toMatchObject({
    type: 'view_closed',
    is_cleared: false,
    view: { id: viewId },
  });
});

test('brings what was typed with every press inside the view', async () => {
  const view = modal([input(textInput, { block_id: 'token' }), actions(button({ action_id: 'check' }))]);
  const { app, as, viewId } = await opened(view);
  as('U_AYA').fill(viewId, { token: 'typed' });
  await as('U_AYA').click(viewId, 'check');
  expect(payloadOf(app.requests[0])).toMatchObject({
    container: { type: 'view', view_id: viewId },
    view: { state: { values: { token: { v: { value: 'typed' } } } } },
  });
});

test('keeps a choice that dispatched its action', async () => {
  const view = modal([
    input(select([option('a'), option('b')]), { block_id: 'login', dispatch_action: true }),
  ]);
  const { app, as, viewId } = await opened(view);
  await as('U_AYA').choose(viewId, 'v', 'b');
  await as('U_AYA').submit(viewId);
  expect(payloadOf(app.requests[0]).actions[0]).toMatchObject({
    type: 'static_select',
    selected_option: option('b'),
  });
  expect(payloadOf(app.requests[1]).view.state.values.login.v.selected_option).toEqual(option('b'));
});

test('refuses what a person could not enter, or into a view that is not in front', async () => {
  const { as, viewId } = await opened();
  expect(() => as('U_AYA').fill(viewId, { nowhere: 'x' })).toThrow(
    'no input nowhere; there is: login, token, where',
  );
  expect(() => as('U_AYA').fill(viewId, { login: 'quay' })).toThrow('does not offer "quay"');
  expect(() => as('U_AYA').fill(viewId, { token: ['a'] })).toThrow('not a list');
  await expect(as('U_BEN').submit(viewId)).rejects.toThrow('U_BEN does not have');
});

test('has no submit button where the view has none', async () => {
  const { as, viewId } = await opened(modal([section()], { submit: undefined }));
  await expect(as('U_AYA').submit(viewId)).rejects.toThrow('no submit button');
});
