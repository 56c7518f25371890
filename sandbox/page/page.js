import { createDeeds } from './deeds.js';
import { createEntries } from './entries.js';
import { namesFrom } from './names.js';
import { createSession } from './session.js';
import { createUnread } from './unread.js';

const DEFAULT_COMMANDS = [{ command: '/ecs-rotate', usage: '', description: 'Rotate a registry login' }];

/** What this page shows and what its person can do. `draw` is called after every change. */
export async function createPage(extras, draw) {
  const at = { place: undefined, thread: undefined };
  const entries = createEntries();
  const unread = createUnread();
  const session = await createSession(() => settle());
  const { snapshot } = session;

  const settle = () => {
    at.place = placeAfter(at.place, snapshot());
    entries.keep(snapshot().stack.map((view) => view.id));
    unread.see(snapshot(), at.place);
    draw();
  };
  const deeds = createDeeds(session, {
    channel: () => (at.place === 'home' ? snapshot().channels[0].id : at.place),
    thread: () => at.thread,
  });
  Object.assign(at, { place: snapshot().channels[0]?.id }, linkedPlace(snapshot()));
  unread.see(snapshot(), at.place);

  return {
    entries,
    deeds,
    ...sights(snapshot, at),
    snapshot,
    refresh: session.refresh,
    become: session.become,
    unread: (place) => unread.count(snapshot(), place),
    newFailures: failuresSince(snapshot),
    commands: () => (extras.commands.length > 0 ? extras.commands : DEFAULT_COMMANDS),
    go(place) {
      Object.assign(at, { place, thread: undefined });
      if (place === 'home') void deeds.openHome();
      settle();
    },
    openThread(ts) {
      at.thread = ts;
      draw();
    },
  };
}

/** What is where, for the parts that draw it. */
function sights(snapshot, at) {
  const messages = () => snapshot().messages;
  return {
    user: () => snapshot().user,
    names: () => namesFrom(snapshot()),
    place: () => at.place,
    placeName() {
      const channel = snapshot().channels.find((each) => each.id === at.place);
      return channel ? `#${channel.name}` : snapshot().app.name;
    },
    placeMessages: () =>
      messages().filter(
        (message) => message.channel === at.place && (!message.threadTs || message.broadcast),
      ),
    replies: (ts) => messages().filter((message) => message.threadTs === ts),
    threadMessages: () =>
      messages().filter((message) => at.thread && [message.ts, message.threadTs].includes(at.thread)),
    front: () => snapshot().stack.at(-1),
    depth: () => snapshot().stack.length,
  };
}

/** Where the page is after a change: another person may not see the channel, and has their own messages. */
function placeAfter(place, { channels, user }) {
  if (place === 'home' || channels.some((channel) => channel.id === place)) return place;
  return place?.startsWith('D') ? `D${user}` : channels[0]?.id;
}

/** The place and thread a permalink in the address names. */
function linkedPlace({ messages }) {
  const [, channel, digits = ''] = location.pathname.match(/^\/archives\/(\w+)\/p(\d+)$/) ?? [];
  const ts = digits.replace(/(\d{6})$/, '.$1');
  const message = messages.find((each) => each.channel === channel && each.ts === ts);
  if (!message) return {};
  const hasReplies = messages.some((each) => each.threadTs === ts);
  return { place: channel, thread: message.threadTs ?? (hasReplies ? ts : undefined) };
}

/** Gives, each time it is called, the failures the person was told of since. */
function failuresSince(snapshot) {
  const shown = new Map([[snapshot().user, snapshot().failures.length]]);
  return () => {
    const { user, failures } = snapshot();
    const from = shown.get(user) ?? 0;
    shown.set(user, failures.length);
    return failures.slice(from);
  };
}
