import { byId, el } from './dom.js';
import { fetchStatus } from './server.js';

const EVERY_MS = 1500;

/** Keeps the strip that shows what AWS runs. */
export function watchStatus() {
  const strip = byId('status');
  strip.hidden = false;
  let shown = '';
  const look = async () => {
    const status = document.hidden ? undefined : await fetchStatus().catch(() => undefined);
    const text = JSON.stringify(status);
    if (status && text !== shown) {
      shown = text;
      strip.replaceChildren(...statusNodes(status));
    }
    setTimeout(look, EVERY_MS);
  };
  void look();
}

function statusNodes({ facts = [], services }) {
  const clusters = Map.groupBy(services, (service) => service.cluster);
  return [
    el('b', { class: 'status-title' }, 'AWS'),
    ...facts.map(({ label, value }) => el('span', { class: 'status-fact' }, `${label} `, el('b', {}, value))),
    ...[...clusters].map(([cluster, members]) =>
      el(
        'span',
        { class: 'cluster' },
        el('span', { class: 'cluster-name' }, cluster),
        members.map(serviceNode),
      ),
    ),
  ];
}

function serviceNode({ name, running, desired, login, tone, note }) {
  const state = tone ?? (running < desired ? 'bad' : 'good');
  const words = [`${running} of ${desired} tasks run`, login, note].filter(Boolean).join(', ');
  return el(
    'span',
    { class: `service ${state}`, title: `${name}: ${words}`, 'data-testid': `service-${name}` },
    el('span', { class: 'dot', 'aria-hidden': 'true' }),
    name,
    el('b', {}, `${running}/${desired}`),
    login && el('span', { class: 'login' }, login),
  );
}
