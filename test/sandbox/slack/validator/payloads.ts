/** Small valid payloads that the tests bend. */

export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const section = (text = 'x') => ({ type: 'section', text: mrkdwn(text) });
export const button = (more: object = {}) => ({
  type: 'button',
  action_id: 'go',
  text: plain('Go'),
  ...more,
});
export const actions = (...elements: object[]) => ({ type: 'actions', elements });
export const option = (value: string) => ({ text: plain(value), value });
export const input = (element: object, more: object = {}) => ({
  type: 'input',
  block_id: 'field',
  label: plain('Field'),
  element,
  ...more,
});
export const textInput = { type: 'plain_text_input', action_id: 'v' };
export const select = (options: object[], more: object = {}) => ({
  type: 'static_select',
  action_id: 'v',
  options,
  ...more,
});
export const confirm = (more: object = {}) => ({
  title: plain('Start now?'),
  text: mrkdwn('Restarts 21 services.'),
  confirm: plain('Start'),
  deny: plain('Cancel'),
  ...more,
});
export const cell = (text: string) => ({ type: 'raw_text', text });
export const table = (rows: object[][]) => ({ type: 'table', rows });
export const modal = (blocks: object[], more: object = {}) => ({
  type: 'modal',
  title: plain('New login'),
  submit: plain('Check'),
  blocks,
  ...more,
});
export const message = (blocks: object[], text = 'Line 1') => ({ channel: 'C1', text, blocks });
export const richText = (...elements: object[]) => ({ type: 'rich_text', elements });
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_unused, index) => make(index));
