/** Requests to the stand-in that serves this page. */

/** What a person sees now. */
export async function fetchState(user) {
  return fetchJson(`/_sandbox/state${user ? `?user=${encodeURIComponent(user)}` : ''}`);
}

/** The help, knobs and command hints of the sandbox. */
export async function fetchExtras() {
  return fetchJson('/_sandbox/extras');
}

export async function fetchStatus() {
  return fetchJson('/_sandbox/status');
}

/** Does something as a person; the answer says what came of it. Never rejects. */
export async function act(name, request) {
  try {
    const response = await fetch(`/_sandbox/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return await response.json();
  } catch {
    return { kind: 'impossible', error: 'The sandbox does not answer. Is it still running?' };
  }
}

/** Calls `changed` after every change, and `lost` while there is no connection. */
export function listen(changed, lost) {
  const events = new EventSource('/_sandbox/events');
  events.addEventListener('message', changed);
  events.addEventListener('error', lost);
}

async function fetchJson(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}
