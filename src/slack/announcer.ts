import type { Announcer, Ledger, ReplyKind, RotationView } from '../rotation/ports.ts';
import type { Phase, Rotation } from '../rotation/rules/rotation.ts';
import type { Texts } from '../text/catalogue.ts';
import type { Grade } from './grades.ts';
import type { Message } from './messages/frame.ts';
import { renderReply } from './messages/reply.ts';
import { renderRotation } from './messages/rotation.ts';
import { type Place, type SendingTools, type Sent, send } from './sending.ts';
import type { PeopleConfig } from './settings.ts';
import { isPastEditing } from './slack-refusal.ts';

export interface AnnouncerTools extends SendingTools {
  readonly ledger: Pick<Ledger, 'once' | 'undoOnce' | 'read' | 'change'>;
  readonly texts: Texts;
  readonly people: PeopleConfig;
}

/** Slack's guidance for edits of one message, and what keeps several rotations within chat.update's 50 a minute. */
const betweenEdits = 3_000;

/** What the announcer remembers of one rotation's message while it lives. */
interface Memory {
  place?: Place;
  /** The message as last taken by Slack. */
  shown?: string;
  sentAt: number;
  grade: Grade;
  /** Counts the frames asked for: a frame that waited gives way to a newer one. */
  newest: number;
  /** Frames of one rotation are sent one after the other. */
  queue: Promise<unknown>;
}

/**
 * The one writer of rotation messages. A frame that nobody would repeat (people are asked for something, or it is
 * over) is sent until it arrives. Others never hold a rotation up, least of all its way back: of those only the newest
 * counts, save that a `final` one is not left out.
 */
export function createAnnouncer(tools: AnnouncerTools): Announcer {
  const memories = new Map<string, Memory>();

  function memoryOf({ registry, id }: Rotation): Memory {
    const name = `${registry}/${id}`;
    const known = memories.get(name);
    if (known) return known;
    const memory: Memory = { sentAt: 0, grade: 'rich', newest: 0, queue: Promise.resolve() };
    memories.set(name, memory);
    return memory;
  }

  return {
    show(view, options = {}) {
      const memory = memoryOf(view.rotation);
      memory.newest += 1;
      const frame = memory.newest;
      const mustArrive = isLasting(view.rotation.state.phase);
      const shown = memory.queue.then(() => {
        const overtaken = frame !== memory.newest && !mustArrive && options.final !== true;
        return overtaken ? memory.place : showNow(tools, memory, view, mustArrive);
      });
      memory.queue = shown;
      return shown;
    },
    reply: (view, kind, name) => replyOnce(tools, memoryOf(view.rotation), view, kind, name),
  };
}

function isLasting(phase: Phase): boolean {
  return phase === 'waiting' || phase === 'cannot-start' || phase === 'paused' || phase === 'closed';
}

async function showNow(
  tools: AnnouncerTools,
  memory: Memory,
  view: RotationView,
  persist: boolean,
): Promise<Place | undefined> {
  try {
    memory.place ??= view.rotation.message ?? (await placeInLedger(tools, view.rotation));
    const message = renderRotation(view, tools.texts, tools.people);
    const payload = JSON.stringify(message);
    if (payload === memory.shown) return memory.place;
    await tools.clock.sleep(Math.max(0, memory.sentAt + betweenEdits - tools.clock.now()));
    const sent = await sendFrame(tools, memory, view.rotation, message, persist);
    memory.sentAt = tools.clock.now();
    if (sent.sent) await settle(tools, memory, view.rotation, sent.place, payload);
    return sent.sent || !persist ? memory.place : undefined;
  } catch (error) {
    tools.log.error('A rotation message could not be shown', { error, rotation: view.rotation.id });
    return persist ? undefined : memory.place;
  }
}

/** Edits the message; posts it where there is none, or none that may be edited, which is then told in its thread. */
async function sendFrame(
  tools: AnnouncerTools,
  memory: Memory,
  rotation: Rotation,
  message: Message,
  persist: boolean,
): Promise<Sent> {
  const options = { grade: memory.grade, persist };
  const { channel } = rotation.ask;
  if (!memory.place) return remember(memory, await send(tools, { post: { channel } }, message, options));
  const edited = remember(memory, await send(tools, { edit: memory.place }, message, options));
  if (edited.sent || edited.refusal.is !== 'refused' || !isPastEditing(edited.refusal.error)) return edited;
  const thread = edited.refusal.error === 'message_not_found' ? undefined : memory.place.ts;
  const place = { channel: memory.place.channel, ...(thread ? { thread } : {}) };
  return remember(memory, await send(tools, { post: place }, message, { ...options, persist: true }));
}

function remember(memory: Memory, sent: Sent): Sent {
  memory.grade = sent.grade;
  return sent;
}

/** A message posted is written to the record at once: a step that is repeated then finds it and posts no second one. */
async function settle(
  tools: AnnouncerTools,
  memory: Memory,
  rotation: Rotation,
  place: Place,
  payload: string,
): Promise<void> {
  memory.shown = payload;
  if (memory.place?.ts === place.ts && rotation.message) return;
  memory.place = place;
  await tools.ledger.change<never>(rotation, (current) => ({ rotation: { ...current, message: place } }));
}

async function placeInLedger({ ledger }: AnnouncerTools, rotation: Rotation): Promise<Place | undefined> {
  return (await ledger.read(rotation))?.message;
}

async function replyOnce(
  tools: AnnouncerTools,
  memory: Memory,
  view: RotationView,
  kind: ReplyKind,
  name: string,
): Promise<void> {
  const { rotation } = view;
  const marker = `reply:${rotation.registry}:${rotation.id}:${name}`;
  try {
    if (!(await tools.ledger.once(marker))) return;
    const place = memory.place ?? rotation.message ?? (await placeInLedger(tools, rotation));
    const message = renderReply(view, kind, tools.texts, tools.people);
    const target = place
      ? { post: { channel: place.channel, thread: place.ts } }
      : { post: { channel: rotation.ask.channel } };
    const sent = await send(tools, target, message, { grade: 'rich', persist: true });
    // Slack is down for longer than a message is tried: the next frame tries the reply again.
    if (!sent.sent) await tools.ledger.undoOnce(marker);
  } catch (error) {
    tools.log.error('A reply could not be sent', { error, rotation: rotation.id, kind });
  }
}
