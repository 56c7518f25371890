import type { Clock } from '../../src/clock.ts';

/** Calls a minute of each tier, per method and workspace, as Slack's rate-limit page states them. */
const TIERS = { 2: 20, 3: 50, 4: 100 } as const;

const TIER_OF: Readonly<Record<string, keyof typeof TIERS>> = {
  'chat.update': 3,
  'chat.delete': 3,
  'chat.postEphemeral': 4,
  'conversations.open': 3,
  'conversations.info': 3,
  'conversations.members': 4,
  'usergroups.list': 2,
  'usergroups.users.list': 2,
  'users.info': 4,
  'views.open': 4,
  'views.push': 4,
  'views.update': 4,
  'views.publish': 4,
};

const MINUTE = 60_000;
// chat.postMessage: about one a second and channel; how long a burst may be is not documented.
const POST_BURST = 10;
const POST_EVERY_MS = 1000;

/** Answers how many seconds a caller must wait, or undefined where the call may go on (and is counted). */
export interface RateLimits {
  take(method: string, channel: string | undefined): number | undefined;
}

/** Counts calls by method, and posts by channel. */
export function createRateLimits(clock: Clock): RateLimits {
  const calls = new Map<string, number[]>();
  return {
    take(method, channel) {
      const rule = ruleOf(method);
      if (!rule) return undefined;
      const key = method === 'chat.postMessage' ? `${method} ${channel}` : method;
      const now = clock.now();
      const recent = (calls.get(key) ?? []).filter((at) => now - at < rule.withinMs);
      calls.set(key, recent);
      const [oldest = now] = recent;
      if (recent.length >= rule.most) return Math.max(1, Math.ceil((oldest + rule.withinMs - now) / 1000));
      recent.push(now);
      return undefined;
    },
  };
}

function ruleOf(method: string): { most: number; withinMs: number } | undefined {
  if (method === 'chat.postMessage') return { most: POST_BURST, withinMs: POST_BURST * POST_EVERY_MS };
  const tier = TIER_OF[method];
  return tier && { most: TIERS[tier], withinMs: MINUTE };
}
