import { validateMessage, validateView } from '../../sandbox/slack/validator/validate.ts';
import type { SlackClient } from '../../src/slack/slack-client.ts';

interface Call {
  readonly method: string;
  readonly args: Record<string, unknown>;
}

/** Errors as @slack/web-api throws them. */
export const slackErrors = {
  refused: (error: string) =>
    Object.assign(new Error(error), {
      code: 'slack_webapi_platform_error',
      data: { ok: false, error, response_metadata: { messages: ['[ERROR] no'] } },
    }),
  limited: (seconds: number) =>
    Object.assign(new Error('limited'), { code: 'slack_webapi_rate_limited_error', retryAfter: seconds }),
  down: () => Object.assign(new Error('503'), { code: 'slack_webapi_http_error', statusCode: 503 }),
};

/** A Slack that writes calls down, refuses what the real one would, and fails as it is told to. */
export function createRecordingSlack(answers: Partial<Record<string, (args: Call['args']) => unknown>> = {}) {
  const calls: Call[] = [];
  const failures: (Error | undefined)[] = [];
  let messages = 0;
  async function call(method: string, args: Record<string, unknown>): Promise<Record<string, unknown>> {
    calls.push({ method, args });
    const failure = method.startsWith('chat.') ? failures.shift() : undefined;
    if (failure) throw failure;
    const problems = problemsOf(method, args);
    if (problems.length > 0) throw new Error(`Slack would refuse ${method}: ${JSON.stringify(problems)}`);
    const answer = await answers[method]?.(args);
    if (answer) return { ok: true, ...answer };
    if (method === 'chat.postMessage') {
      messages += 1;
      return { ok: true, channel: args.channel, ts: `${messages}.000` };
    }
    return { ok: true };
  }
  // Only the parts of the client that the product calls, with its argument types given up for recording.
  const client = {
    chat: {
      postMessage: (args: object) => call('chat.postMessage', { ...args }),
      update: (args: object) => call('chat.update', { ...args }),
    },
    views: {
      open: (args: object) => call('views.open', { ...args }),
      update: (args: object) => call('views.update', { ...args }),
    },
    users: { info: (args: object) => call('users.info', { ...args }) },
    usergroups: { users: { list: (args: object) => call('usergroups.users.list', { ...args }) } },
    conversations: { info: (args: object) => call('conversations.info', { ...args }) },
  } satisfies SlackClient;
  return {
    client,
    calls,
    /** What the next chat calls fail with, one after the other; undefined lets one pass. */
    failNext: (...next: (Error | undefined)[]) => void failures.push(...next),
    stopFailing: () => void failures.splice(0),
    methods: () => calls.map(({ method }) => method),
    last: (method: string) => calls.findLast((made) => made.method === method)?.args,
  };
}

function problemsOf(method: string, args: Record<string, unknown>): unknown[] {
  if (method.startsWith('chat.')) return validateMessage({ text: args.text, blocks: args.blocks });
  return method.startsWith('views.') ? validateView(args.view) : [];
}
