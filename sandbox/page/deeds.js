import { act } from './server.js';
import { toast } from './toasts.js';

/** What the person can do on the page. Each resolves, when the app has answered, to what came of it. */
export function createDeeds(session, { channel, thread }) {
  const tell = async (name, request) => {
    const outcome = await act(name, { user: session.snapshot().user, ...request });
    // A form shows by itself what went wrong with it.
    if (outcome.kind === 'impossible' && name !== 'submit') toast(outcome.error);
    await session.refresh();
    return outcome;
  };
  return {
    /** Sends a line of the composer: a command where it begins with a slash. */
    send(line) {
      const [, command, text = ''] = line.match(/^(\/\S+)\s*([\s\S]*)$/) ?? [];
      return command
        ? tell('command', { channel: channel(), command, text })
        : tell('say', { channel: channel(), text: line });
    },
    reply: (text) => tell('say', { channel: channel(), text, threadTs: thread() }),
    press: (where, control, blockId, more, typed) =>
      tell('press', {
        where,
        actionId: control.action_id,
        blockId,
        ...more,
        ...(typed ? { entries: typed } : {}),
      }),
    submit: (view, typed) => tell('submit', { viewId: view.id, entries: typed }),
    closeView: (view, all) => (view ? tell('close', { viewId: view.id, all }) : undefined),
    openHome: () => tell('home', {}),
  };
}
