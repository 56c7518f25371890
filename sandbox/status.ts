import type { TargetWorld } from './aws/target-world.ts';
import { loginHeld, shownLogin } from './login-names.ts';
import type { ServiceStatus, Status } from './slack/page-extras.ts';
import type { World } from './world.ts';

/** The strip beside the messages: what AWS holds now, read from the stand-in and not from the bot. */
export function statusOf(world: World): Status {
  return {
    facts: [
      { label: 'Time', value: timeOfDay(world.clock.now()) },
      ...[...world.targets.values()].flatMap((target) => secretsOf(world, target)),
    ],
    services: [...world.targets.values()].flatMap(servicesOf),
  };
}

/** In the zone of this machine, as the page shows times. */
function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

function secretsOf(world: World, { secrets }: TargetWorld): { label: string; value: string }[] {
  return secrets.names().map((name) => {
    const current = secrets.versionsOf(name).find(({ labels }) => labels.includes('AWSCURRENT'));
    return { label: name, value: shownLogin(loginHeld(world, current?.value)) };
  });
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
