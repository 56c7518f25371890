import type { FaultKnobs } from './aws/faults.ts';
import { loginComing } from './login-names.ts';
import type { Knob } from './slack/page-extras.ts';
import { listSlackKnobs, turnSlackKnob } from './slack/slack-knobs.ts';
import type { World } from './world.ts';

/** What the page can break beside the world: the product's process, and the pace of time. */
export interface KnobTools {
  setSpeed(speed: number): void;
  jump(ms: number): void;
  killProduct(): Promise<void>;
}

const host = 'ghcr.io';
const newLogin = 'acme-pull, new token';
const oldLogin = 'acme-pull, token in use';
const hour = 3_600_000;

/** The knobs as they stand. */
export function listKnobs(world: World): Knob[] {
  const registry = world.registries.get(host);
  const logins = registry?.users.list() ?? [];
  const button = (id: string, label: string, group: string): Knob => ({ id, label, group, kind: 'button' });
  return [
    {
      id: 'speed',
      label: 'Time runs this many times as fast',
      group: 'Time',
      kind: 'number',
      value: world.clock.pace.speed,
    },
    button('jump', 'An hour later', 'Time'),
    button('take-right', 'The new token loses acme/mailer', 'Registry'),
    button('grant-right', 'Every token may read acme/mailer', 'Registry'),
    ...(logins.some(({ id }) => id === oldLogin)
      ? [button('revoke-old', 'The old token expires', 'Registry')]
      : []),
    {
      id: 'registry-down',
      label: 'ghcr.io is down',
      group: 'Registry',
      kind: 'toggle',
      value: registry?.knobs.down !== 'no',
    },
    {
      id: 'rate-limit',
      label: 'ghcr.io allows no more pulls (429)',
      group: 'Registry',
      kind: 'toggle',
      value: registry?.knobs.throttled ?? false,
    },
    button('evict', 'Hosts clean up their images', 'AWS'),
    {
      id: 'throttle',
      label: 'AWS throttles every third call',
      group: 'AWS',
      kind: 'toggle',
      value: isThrottled(world),
    },
    button('kill', 'Kill the bot; it starts again by itself', 'AWS'),
    ...listSlackKnobs(world.slack.knobs),
  ];
}

/** Turns a knob. @throws Error where there is none of this name */
export async function turnKnob(world: World, tools: KnobTools, id: string, value: unknown): Promise<void> {
  if (turnSlackKnob(world.slack.knobs, world.clock, id, value)) return;
  const turn = turnsOf(world, tools, value)[id];
  if (!turn) throw new Error(`there is no knob ${id}`);
  await turn();
}

function turnsOf(
  world: World,
  tools: KnobTools,
  value: unknown,
): Readonly<Record<string, () => void | Promise<void>>> {
  const registry = world.registries.get(host);
  const targets = [...world.targets.values()];
  return {
    speed: () => tools.setSpeed(Math.min(300, Math.max(1, Number(value) || 1))),
    jump: () => tools.jump(hour),
    'take-right': () => registry?.users.take(loginComing(world, host) ?? newLogin, 'acme/mailer'),
    'grant-right': () =>
      registry?.users.list().forEach(({ id }) => void registry.users.grant(id, 'acme/mailer')),
    'revoke-old': () => registry?.users.revoke(oldLogin),
    'registry-down': () => registry?.turn({ down: value === true ? 'reset' : 'no' }),
    'rate-limit': () => registry?.turn({ throttled: value === true }),
    evict: () => targets.forEach(({ ecs }) => void ecs.evictImages()),
    throttle() {
      for (const { server } of targets) throttle(server.faults, value === true);
    },
    kill: () => tools.killProduct(),
  };
}

function throttle(faults: FaultKnobs, on: boolean): void {
  if (on) faults.add({ kind: 'throttle', every: 3 });
  else faults.clear();
}

function isThrottled({ targets }: World): boolean {
  return [...targets.values()].some(({ server }) => server.faults.rules().length > 0);
}
