/** Requests to the app: signed, and given three seconds. */
import { createHmac } from 'node:crypto';
import { wallClock } from '../../src/clock.ts';
import type { DeliveryRecord } from './state.ts';
import { type AppRequest, type AppResponse, announce, type Workspace } from './workspace.ts';

// Real time on purpose: signatures and the three seconds concern the machine, not the sandbox's story.
const ACK_MS = 3000;

/** Where the app takes all of Slack's requests. */
export const APP_PATH = '/slack/events';

/** What the app answered, or how it failed to. */
export type Delivered =
  | { readonly kind: 'answered'; readonly response: AppResponse }
  | { readonly kind: 'failed'; readonly error: 'operation_timeout' | 'dispatch_failed' };

/** Sends a form, as slash commands and interactions come. `kind` names it in the record of deliveries. */
export function sendForm(
  workspace: Workspace,
  kind: string,
  fields: Record<string, string>,
): Promise<Delivered> {
  const body = new URLSearchParams(fields).toString();
  return send(workspace, kind, body, 'application/x-www-form-urlencoded');
}

/** Sends an interaction: JSON in the form field `payload`. */
export function sendInteraction(workspace: Workspace, payload: { type: string }): Promise<Delivered> {
  return sendForm(workspace, payload.type, { payload: JSON.stringify(payload) });
}

/** Sends an event of the Events API. */
export function sendEvent(workspace: Workspace, event: object): Promise<Delivered> {
  return send(workspace, 'event', JSON.stringify(event), 'application/json');
}

/** The headers of a body signed now, as Slack signs: v0, HMAC-SHA256 over version, time and raw body. */
export function signedHeaders(
  signingSecret: string,
  body: string,
  contentType: string,
): Record<string, string> {
  const timestamp = String(Math.floor(wallClock.now() / 1000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': contentType,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
  };
}

async function send(
  workspace: Workspace,
  kind: string,
  body: string,
  contentType: string,
): Promise<Delivered> {
  const headers = signedHeaders(workspace.signingSecret, body, contentType);
  const first = deliverOnce(workspace, kind, { path: APP_PATH, headers, body });
  if (!workspace.knobs.duplicateDeliveries) return first;
  // Only events are really repeated by Slack, with these headers; a command or click comes twice by a second press.
  const repeated: Record<string, string> =
    kind === 'event' ? { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' } : {};
  const second = deliverOnce(workspace, kind, { path: APP_PATH, headers: { ...headers, ...repeated }, body });
  const [answer] = await Promise.all([first, second]);
  return answer;
}

async function deliverOnce(workspace: Workspace, kind: string, request: AppRequest): Promise<Delivered> {
  const started = wallClock.now();
  const outcome = await withinThreeSeconds(workspace.deliver(request));
  const delivered = judge(outcome);
  const record: DeliveryRecord = {
    at: workspace.clock.now(),
    kind,
    tookMs: wallClock.now() - started,
    result: delivered.kind === 'answered' ? 'answered' : delivered.error,
    ...(typeof outcome === 'object' ? { status: outcome.status } : {}),
  };
  workspace.state.deliveries.push(record);
  return delivered;
}

function withinThreeSeconds(answer: Promise<AppResponse>): Promise<AppResponse | 'late' | 'down'> {
  return new Promise((resolve) => {
    const cancel = wallClock.after(ACK_MS, () => resolve('late'));
    answer.then(resolve, () => resolve('down')).finally(cancel);
  });
}

function judge(outcome: AppResponse | 'late' | 'down'): Delivered {
  if (outcome === 'late') return { kind: 'failed', error: 'operation_timeout' };
  if (outcome === 'down' || outcome.status !== 200) return { kind: 'failed', error: 'dispatch_failed' };
  return { kind: 'answered', response: outcome };
}

/** Shows a person that the app failed. */
export function showFailure(workspace: Workspace, user: string, error: string, text: string): void {
  workspace.state.failures.push({ at: workspace.clock.now(), user, error, text });
  announce(workspace);
}
