import { fetchState } from './server.js';

/**
 * What one person sees, kept up to date. `changed` is called with every new state. Starts as the person named in
 * the address (`?as=U_BEN`), else as the first there is.
 */
export async function createSession(changed) {
  let snapshot = await fetchState(new URLSearchParams(location.search).get('as') ?? '');
  const take = (next) => {
    snapshot = next;
    changed();
  };
  return {
    snapshot: () => snapshot,
    refresh: oneAtATime(async () => {
      const next = await fetchState(snapshot.user).catch(() => undefined);
      document.body.classList.toggle('lost', next === undefined);
      // Meanwhile the page may show someone else.
      if (next?.user === snapshot.user) take(next);
    }),
    become: async (user) => take(await fetchState(user)),
  };
}

/** Runs `action` once at a time, and once more for all calls that came meanwhile. */
function oneAtATime(action) {
  let running;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await action();
    } while (again);
    running = undefined;
  };
  return () => {
    if (running) again = true;
    else running = run();
    return running;
  };
}
