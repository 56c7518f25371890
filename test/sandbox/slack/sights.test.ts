import { setUp } from './setup.ts';

test('waits for what comes after a change', async () => {
  const { api, waitFor, messages } = setUp();
  const seen = waitFor(() => messages('#deploys').at(0));
  await api('chat.postMessage', { channel: 'C_DEPLOYS', text: 'there' });
  expect(await seen).toMatchObject({ text: 'there' });
});

test('waits for what changes elsewhere', async () => {
  let ready = false;
  setTimeout(() => {
    ready = true;
  }, 30);
  expect(await setUp().waitFor(() => ready)).toBe(true);
});

test('says what Slack shows when it has waited in vain', async () => {
  const { api, app, as, waitFor } = setUp();
  await api('chat.postMessage', { channel: 'C_DEPLOYS', text: 'Paused.' });
  app.answer = () => ({ status: 500 });
  await as('U_AYA').command('/ecs-rotate', '', '#deploys');
  const error: Error = await waitFor(() => undefined, 30, 'Done').then(
    () => new Error('seen'),
    (reason) => reason,
  );
  expect(error.message).toMatch(
    /^Done: not seen within 30 ms[\s\S]*Paused\.[\s\S]*U_AYA: \/ecs-rotate failed/,
  );
});

test('passes on an error of what it looks for', async () => {
  const broken = setUp().waitFor(() => {
    throw new Error('broken');
  });
  await expect(broken).rejects.toThrow('broken');
});

test('keeps apart what each person sees', async () => {
  const { api, privateTo } = setUp();
  await api('chat.postEphemeral', { channel: 'C_OPS', user: 'U_AYA', text: 'for aya' });
  expect([privateTo('U_AYA').length, privateTo('U_BEN').length]).toEqual([1, 0]);
});
