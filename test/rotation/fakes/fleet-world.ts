import type { ServiceConsumer } from '../../../src/rotation/rules/consumer.ts';
import type { Rotation } from '../../../src/rotation/rules/rotation.ts';
import { begun, type Driver } from './driver.ts';
import { agentOf, imageOf, serviceOf } from './example-consumers.ts';
import { World } from './world.ts';

/** A service on the hosts of a cluster, which pulls with the login of its host. */
export function onHosts(
  name: string,
  cluster = 'prod',
  parts: Partial<ServiceConsumer> = {},
): ServiceConsumer {
  const images = [{ container: 'app', image: imageOf(name), credentialId: agentOf(cluster) }];
  return serviceOf(name, { launchType: 'EC2', images, ...parts });
}

/** A cluster of so many hosts, a quarter of which change at a time; `go` asks for approval. */
export function fleetOf(
  hosts: number,
  services = [onHosts('web'), onHosts('mailer', 'prod', { desired: 1 })],
): { world: World; go: () => Promise<Driver> } {
  const world = new World({ services, groupPercent: 25 });
  world.addCluster('prod', hosts);
  return { world, go: () => begun(world, world.hostsOf('prod')) };
}

/** What the checks found, by name. */
export async function checksOf(driver: Driver): Promise<string[]> {
  const report = await driver.world.ledger.report(driver.key);
  return report?.findings.map(({ check }) => check) ?? [];
}

/** What is left at the end, and why. */
export function leftOf({ state }: Rotation): string[] {
  return state.phase === 'closed' ? state.left.map(({ name, because }) => `${name} ${because}`) : [];
}
