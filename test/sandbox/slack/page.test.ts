/** The page in a real browser, where one is installed (Debian: chromium; elsewhere name it in CHROMIUM). */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Slack, startSlack } from '../../../sandbox/slack/start-slack.ts';
import { callApi, channels, formOf, handClock, payloadOf, people, SECRET, userGroups } from './setup.ts';
import {
  actions,
  button,
  cell,
  confirm,
  input,
  modal,
  mrkdwn,
  plain,
  section,
  table,
  textInput,
} from './validator/payloads.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const describeInBrowser = existsSync(executablePath) ? describe : describe.skip;
jest.setTimeout(60_000);

describeInBrowser('the page', () => {
  let browser: Browser;
  let slack: Slack;
  let page: Page;
  let answer: (payload: ReturnType<typeof payloadOf>) => object | undefined;
  const form = modal([input(textInput, { block_id: 'token', hint: plain('Slack sees it.') })]);
  const post = (more: object) =>
    callApi(slack.workspace, 'chat.postMessage', { channel: 'C_DEPLOYS', text: 'x', ...more });
  const at = (testId: string) => page.getByTestId(testId);

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    answer = () => undefined;
    slack = await startSlack({
      clock: handClock(),
      signingSecret: SECRET,
      people,
      channels,
      userGroups,
      deliver: async (request) => {
        const { trigger_id } = formOf(request);
        if (trigger_id) await callApi(slack.workspace, 'views.open', { trigger_id, view: form });
        const body = trigger_id ? undefined : answer(payloadOf(request));
        return { status: 200, headers: {}, body: body ? JSON.stringify(body) : '' };
      },
      pageExtras: {
        status: () => ({ services: [{ cluster: 'prod', name: 'web', running: 1, desired: 2 }] }),
      },
    });
    page = await browser.newPage();
    await page.goto(slack.url);
  });
  afterEach(async () => {
    await page.close();
    await slack.close();
  });

  test('takes a person from the command through a field error to a closed form', async () => {
    answer = ({ view }) =>
      view.state.values.token.v.value === 'bad'
        ? { response_action: 'errors', errors: { token: 'ghcr.io refused this login.' } }
        : undefined;
    await at('composer-text').fill('/ecs-rotate');
    await at('composer-text').press('Enter');
    await at('submit').click();
    await at('field-token').getByText('Please complete this required field.').waitFor();
    await page.getByLabel('Field').fill('bad');
    await page.getByLabel('Field').press('Enter');
    await at('field-token').getByText('ghcr.io refused this login.').waitFor();
    expect(await page.getByLabel('Field').inputValue()).toBe('bad');
    await page.getByLabel('Field').fill('good');
    await at('submit').click();
    await at('modal').waitFor({ state: 'hidden' });
  });

  test('asks before it presses, and shows the edit that follows', async () => {
    const { ts } = await post({ blocks: [actions(button({ confirm: confirm() }))] });
    await page.getByRole('button', { name: 'Go' }).click();
    await at('confirm').getByText('Restarts 21 services.').waitFor();
    await at('confirm-deny').click();
    expect(slack.state.deliveries).toEqual([]);
    await page.getByRole('button', { name: 'Go' }).click();
    await at('confirm-ok').click();
    await slack.waitFor(() => slack.state.deliveries.length === 1);
    await callApi(slack.workspace, 'chat.update', {
      channel: 'C_DEPLOYS',
      ts,
      text: 'x',
      blocks: [section('Rolling out')],
    });
    await at('message').getByText('Rolling out').waitFor();
    await at('message').getByText('(edited)').waitFor();
    expect(await page.getByRole('button', { name: 'Go' }).count()).toBe(0);
  });

  test('shows each person their own messages and channels', async () => {
    await callApi(slack.workspace, 'chat.postEphemeral', {
      channel: 'C_DEPLOYS',
      user: 'U_BEN',
      text: 'Only approvers.',
    });
    await at('channel-ops').waitFor();
    expect(await page.getByText('Only approvers.').count()).toBe(0);
    await at('person-ben').click();
    await page.getByText('Only visible to you').waitFor();
    await at('person-gus').click();
    await at('channel-ops').waitFor({ state: 'detached' });
  });

  test('opens a thread with its table', async () => {
    const { ts } = await post({});
    await post({
      thread_ts: ts,
      blocks: [
        table([
          [cell('Task'), cell('Reason')],
          [cell('3f2a'), cell('denied')],
        ]),
      ],
    });
    await at('thread-open').getByText('1 reply').waitFor();
    await at('thread-open').click();
    expect(await at('thread').getByRole('cell').allTextContents()).toEqual(['3f2a', 'denied']);
  });

  test('draws mrkdwn, and nothing a text smuggles in', async () => {
    const text =
      '*bold* `code` <@U_AYA> <!subteam^S_APP> <https://example.com|docs> &lt;b&gt; <img src=x onerror=1> <javascript:alert(1)|x>';
    await post({ blocks: [section(text), { type: 'context', elements: [mrkdwn('> quoted')] }] });
    await at('message').waitFor();
    expect(await at('message').locator('b', { hasText: 'bold' }).count()).toBe(1);
    expect(await at('message').locator('.mention').allTextContents()).toEqual([
      '@Aya',
      '@platform-approvers',
    ]);
    expect(await at('message').getByRole('link').allTextContents()).toEqual(['docs']);
    expect(await at('message').locator('img').count()).toBe(0);
    expect(await at('message').locator('blockquote').textContent()).toBe('quoted');
  });

  test('tells of a failure, and of what AWS runs', async () => {
    await post({ blocks: [actions(button())] });
    await at('service-web').getByText('1/2').waitFor();
    answer = () => {
      throw new Error('down');
    };
    await page.getByRole('button', { name: 'Go' }).click();
    await at('toast').getByText('dispatch_failed').waitFor();
  });
});
