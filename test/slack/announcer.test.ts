import { createLog } from '../../src/log.ts';
import { createAnnouncer } from '../../src/slack/announcer.ts';
import { textsFor } from '../../src/text/catalogue.ts';
import { exampleService, exampleView, now, people, states } from './example-views.ts';
import { createInstantClock } from './instant-clock.ts';
import { createMemoryLedger } from './memory-ledger.ts';
import { createRecordingSlack, slackErrors } from './recording-slack.ts';

function setUp() {
  const slack = createRecordingSlack();
  const clock = createInstantClock(now);
  const ledger = createMemoryLedger();
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line) });
  const tools = { client: slack.client, clock, ledger, log, people, texts: textsFor() };
  return { slack, clock, ledger, lines, tools, announcer: createAnnouncer(tools) };
}

const place = { channel: 'C_OPS', ts: '7.000' };
const posted = { changes: { message: place } };
const rolling = (pulled: number) =>
  exampleView(states.rolling, {
    ...posted,
    consumers: [0, 1, 2].map((n) =>
      exampleService(`s${n}`, n < pulled ? { verdict: { is: 'pulled', provedBy: 1, tasks: 1 } } : {}),
    ),
  });

test('posts the first message in the channel of the request and writes its place to the record', async () => {
  const { announcer, ledger, slack } = setUp();
  const view = exampleView(states.checking);
  ledger.put(view.rotation);
  await expect(announcer.show(view)).resolves.toEqual({ channel: 'C_OPS', ts: '1.000' });
  expect(slack.methods()).toEqual(['chat.postMessage']);
  expect((await ledger.read(view.rotation))?.message).toEqual({ channel: 'C_OPS', ts: '1.000' });
});

test('finds the message of a step that was killed after posting, and posts no second one', async () => {
  const { announcer, ledger, slack } = setUp();
  ledger.put(exampleView(states.checking, posted).rotation);
  await expect(announcer.show(exampleView(states.checking))).resolves.toEqual(place);
  expect(slack.methods()).toEqual(['chat.update']);
});

test('sends nothing where nothing changed', async () => {
  const { announcer, slack } = setUp();
  await announcer.show(rolling(1));
  await announcer.show(rolling(1));
  expect(slack.methods()).toEqual(['chat.update']);
});

test('leaves three seconds between two edits', async () => {
  const { announcer, clock, slack } = setUp();
  await announcer.show(rolling(0));
  clock.advance(1_000);
  await announcer.show(rolling(1));
  expect(clock.slept).toEqual([2_000]);
  expect(slack.calls).toHaveLength(2);
});

test('of frames that come together shows only the newest', async () => {
  const { announcer, slack } = setUp();
  await Promise.all([announcer.show(rolling(1)), announcer.show(rolling(2)), announcer.show(rolling(3))]);
  expect(slack.calls.map(({ args }) => String(args.text).match(/\d of \d/)?.[0])).toEqual(['3 of 3']);
});

test('drops a frame over a rate limit, and shows the next one', async () => {
  const { announcer, slack, clock } = setUp();
  slack.failNext(slackErrors.limited(30));
  await expect(announcer.show(rolling(1))).resolves.toEqual(place);
  expect(clock.slept).toEqual([]);
  await announcer.show(rolling(1));
  expect(slack.methods()).toEqual(['chat.update', 'chat.update']);
});

test.each([
  ['the end', exampleView(states.done, posted)],
  ['what waits for a person', exampleView(states.waiting, posted)],
])('tries %s again after a rate limit and an outage', async (_what, view) => {
  const { announcer, slack, clock } = setUp();
  slack.failNext(slackErrors.limited(7), slackErrors.down());
  await announcer.show(view);
  expect(slack.calls).toHaveLength(3);
  expect(clock.slept).toEqual([7_000, 2_000]);
});

test('gives up on an outage of more than a minute, and says so, without failing the rotation', async () => {
  const { announcer, slack, lines } = setUp();
  slack.failNext(...Array.from({ length: 50 }, slackErrors.down));
  await expect(announcer.show(exampleView(states.waiting, posted))).resolves.toBeUndefined();
  expect(slack.calls.length).toBeLessThan(12);
  expect(lines.join()).toContain('unreachable');
});

test('never holds up what goes on by itself: going back does not wait for Slack', async () => {
  const { announcer, slack, clock } = setUp();
  slack.failNext(...Array.from({ length: 50 }, slackErrors.down));
  await announcer.show(exampleView(states.goingBack, posted), { final: true });
  expect(slack.calls).toHaveLength(1);
  expect(clock.slept).toEqual([]);
});

test('keeps the buttons and the words where Slack refuses the blocks, and stays with that grade', async () => {
  const { announcer, slack } = setUp();
  slack.failNext(slackErrors.refused('invalid_blocks'));
  await announcer.show(exampleView(states.waiting, posted));
  const blocks = JSON.stringify(slack.last('chat.update')?.blocks);
  expect(blocks).toContain('approve');
  expect(blocks).not.toContain('"header"');
  await announcer.show(rolling(1));
  expect(JSON.stringify(slack.last('chat.update')?.blocks)).not.toContain('"header"');
  expect(slack.calls).toHaveLength(3);
});

test('sends text alone where no blocks are taken at all', async () => {
  const { announcer, slack } = setUp();
  slack.failNext(slackErrors.refused('invalid_blocks'), slackErrors.refused('invalid_blocks'));
  await announcer.show(rolling(1));
  expect(slack.last('chat.update')).toMatchObject({ blocks: [], text: expect.stringContaining('1 of 3') });
});

test.each([
  ['edit_window_closed', '7.000'],
  ['cant_update_message', '7.000'],
  ['message_not_found', undefined],
])('goes on in a new message after %s', async (error, thread) => {
  const { announcer, slack, ledger } = setUp();
  ledger.put(rolling(1).rotation);
  slack.failNext(slackErrors.refused(error));
  await expect(announcer.show(rolling(1))).resolves.toEqual({ channel: 'C_OPS', ts: '1.000' });
  expect(slack.last('chat.postMessage')?.thread_ts).toBe(thread);
  await announcer.show(rolling(2));
  expect(slack.last('chat.update')?.ts).toBe('1.000');
  expect((await ledger.read(rolling(1).rotation))?.message?.ts).toBe('1.000');
});

test('replies once under a name, in the thread', async () => {
  const { announcer, slack } = setUp();
  await announcer.reply(exampleView(states.paused, posted), 'paused', 'paused-1');
  await announcer.reply(exampleView(states.paused, posted), 'paused', 'paused-1');
  await announcer.reply(exampleView(states.paused, posted), 'reminder', 'reminder-1');
  expect(slack.calls.map(({ args }) => args.thread_ts)).toEqual(['7.000', '7.000']);
});

test('tries a reply again that Slack did not take for longer than it waits', async () => {
  const { announcer, slack } = setUp();
  slack.failNext(...Array.from({ length: 40 }, () => slackErrors.down()));
  await announcer.reply(exampleView(states.paused, posted), 'paused', 'paused-1');
  const refused = slack.calls.length;
  slack.stopFailing();
  await announcer.reply(exampleView(states.paused, posted), 'paused', 'paused-1');
  await announcer.reply(exampleView(states.paused, posted), 'paused', 'paused-1');
  expect(slack.calls.length).toBe(refused + 1);
});

test('never throws, whatever breaks', async () => {
  const { tools, lines } = setUp();
  const broken = {
    ...tools.ledger,
    once: () => Promise.reject(new Error('no table')),
    read: tools.ledger.once,
  };
  const announcer = createAnnouncer({
    ...tools,
    ledger: { ...broken, read: () => Promise.reject(new Error('no table')) },
  });
  await expect(announcer.reply(exampleView(states.paused), 'paused', 'x')).resolves.toBeUndefined();
  await expect(announcer.show(exampleView(states.checking))).resolves.toBeUndefined();
  expect(lines.join()).toContain('no table');
});
