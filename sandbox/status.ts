import type { TargetWorld } from './aws/target-world.ts';
import type { ServiceStatus, Status } from './slack/page-extras.ts';
import type { World } from './world.ts';

/** The strip beside the messages: what AWS holds now, read from the stand-in and not from the bot. */
export function statusOf(world: World): Status {
  return {
    facts: [
      { label: 'Time', value: new Date(world.clock.now()).toISOString().slice(11, 16) },
      ...[...world.targets.values()].flatMap((target) => secretsOf(world, target)),
    ],
    services: [...world.targets.values()].flatMap(servicesOf),
  };
}

function secretsOf(world: World, { secrets }: TargetWorld): { label: string; value: string }[] {
  return secrets.names().map((name) => {
    const current = secrets.versionsOf(name).find(({ labels }) => labels.includes('AWSCURRENT'));
    return { label: name, value: loginOf(world, current?.value) };
  });
}

function loginOf(world: World, value: string | undefined): string {
  const login = readLogin(value);
  for (const registry of world.registries.values()) {
    const known = registry.users
      .list()
      .find(({ name, password }) => name === login?.username && password === login.password);
    if (known) return known.id;
  }
  return login ? `${login.username} (refused)` : 'no login';
}

function readLogin(value = ''): { username: string; password: string } | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null && 'username' in parsed && 'password' in parsed
      ? { username: String(parsed.username), password: String(parsed.password) }
      : undefined;
  } catch {
    return undefined;
  }
}

function servicesOf({ ecs }: TargetWorld): ServiceStatus[] {
  return ecs.services().map((service) => {
    const running = [...service.tasks].filter((task) => task.lastStatus === 'RUNNING').length;
    const desired = service.desiredCount;
    const isWhole = running >= desired;
    return {
      cluster: service.cluster.name,
      name: service.name,
      running,
      desired,
      tone: !isWhole ? 'bad' : service.steady ? 'good' : 'working',
    };
  });
}
