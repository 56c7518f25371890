import type { Directory } from '../people.ts';
import { APP, findPerson, isMember } from '../people.ts';
import { maySee } from '../presses.ts';
import type { Message, OpenView } from '../state.ts';
import { stateValues } from '../view-values.ts';
import { stackOf } from '../views.ts';
import type { Workspace } from '../workspace.ts';

/** All the page shows to one person. */
export interface Snapshot extends Directory {
  readonly app: typeof APP;
  readonly user: string;
  /** Milliseconds since the epoch on the sandbox's clock. */
  readonly now: number;
  /** Messages and ephemerals this person sees, oldest first. */
  readonly messages: readonly Message[];
  readonly stack: readonly ShownView[];
  readonly home: ShownView | undefined;
  readonly failures: readonly { readonly text: string }[];
}

interface ShownView extends Pick<OpenView, 'id' | 'hash' | 'view'> {
  readonly values: OpenView['entered'];
}

/** What one person sees now; undefined for someone who is not in the workspace. */
export function takeSnapshot(workspace: Workspace, user: string): Snapshot | undefined {
  const { directory, state } = workspace;
  if (!findPerson(directory, user)) return undefined;
  const seen = [...state.messages, ...state.ephemerals].filter((message) => maySee(workspace, user, message));
  const home = state.homes.get(user);
  return {
    ...directory,
    channels: directory.channels.filter((channel) => isMember(channel, user)),
    app: APP,
    user,
    now: workspace.clock.now(),
    messages: seen.sort((a, b) => (a.ts < b.ts ? -1 : 1)),
    stack: stackOf(workspace, user).map(shownView),
    home: home && shownView(home),
    failures: state.failures.filter((failure) => failure.user === user).map(({ text }) => ({ text })),
  };
}

function shownView({ id, hash, view, entered }: OpenView): ShownView {
  return { id, hash, view, values: stateValues(view, entered) };
}
