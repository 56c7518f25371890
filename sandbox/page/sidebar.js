import { byId, el } from './dom.js';
import { avatar } from './messages.js';

/** Draws who there is to be, the channels and the app. */
export function drawSidebar(page) {
  const { channels, app, user } = page.snapshot();
  const row = (place, label, testId, sign) =>
    el(
      'button',
      {
        type: 'button',
        class: `channel ${page.unread(place).any ? 'unread' : ''}`,
        'aria-current': page.place() === place ? 'page' : undefined,
        'data-testid': testId,
        onclick: () => page.go(place),
      },
      el('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
      label,
      page.unread(place).mentions > 0 && el('span', { class: 'badge' }, String(page.unread(place).mentions)),
    );
  byId('sidebar').replaceChildren(
    el('h2', {}, 'Channels'),
    ...channels.map((channel) =>
      row(channel.id, channel.name, `channel-${channel.name}`, channel.isPrivate ? '⚿' : '#'),
    ),
    el('h2', {}, 'Apps'),
    row(`D${user}`, app.name, 'app-messages', '⟳'),
    row('home', 'Home tab', 'app-home', '⌂'),
  );
}

/** Draws the switch between people. */
export function drawPeople(page) {
  const { people, user } = page.snapshot();
  const names = page.names();
  byId('people').replaceChildren(
    el('span', { class: 'people-label' }, 'You are'),
    ...people.map((person) =>
      el(
        'button',
        {
          type: 'button',
          class: 'person',
          'aria-pressed': String(person.id === user),
          title: [person.realName, person.title].filter(Boolean).join(', '),
          'data-testid': `person-${person.name}`,
          onclick: () => page.become(person.id),
        },
        avatar(names.author(person.id)),
        el('span', {}, person.realName),
      ),
    ),
  );
}

/** Draws the head over the messages. */
export function drawHead(page) {
  const { channels, app, people, user } = page.snapshot();
  const channel = channels.find((each) => each.id === page.place());
  const me = people.find((person) => person.id === user);
  const title = channel ? `# ${channel.name}` : app.name;
  const note = channel?.purpose ?? (page.place() === 'home' ? 'Home' : 'Messages with the app');
  byId('channel-head').replaceChildren(
    el('h1', {}, title),
    el('span', {}, note),
    el(
      'span',
      { class: 'as', 'data-testid': 'acting-as' },
      [me?.realName, me?.title].filter(Boolean).join(' · '),
    ),
  );
}
