import type { Service, Task } from '@aws-sdk/client-ecs';
import type { Consumer, PrivateImage } from '../rotation/rules/consumer.ts';
import { mapAtOnce } from './at-once.ts';
import { type Definition, type Definitions, familyOf, toDefinition } from './definition.ts';
import { type EcsTarget, lastPart } from './ecs-target.ts';
import { describeServices, listClusters, listServices } from './reads/services.ts';
import { describeTaskDefinition, listFamilies } from './reads/task-definitions.ts';
import { readTasks } from './reads/tasks.ts';
import { type Diagnose, NOT_LOOKED_AT, type RunningSight, sightOf } from './running-tasks.ts';
import type { SecretNames } from './secret-names.ts';
import { definitionOf, type Place, toServiceConsumer } from './service-consumer.ts';

/** Reads in flight at once; the pace bounds them over time. */
const AT_ONCE = 8;

export interface Scan {
  readonly target: EcsTarget;
  readonly place: Place;
  readonly definitions: Definitions;
  readonly secretNames: SecretNames;
  readonly diagnose: Diagnose;
  /** Only consumers of these credentials; all where undefined, and then tasks are not looked at. */
  readonly only: ReadonlySet<string> | undefined;
}

/**
 * Every consumer in one target. Tasks, most of the calls, are read only for given credentials: for a list of what there
 * is, neither digests nor reasons are needed, and a large estate would take too long.
 */
export async function scanTarget(scan: Scan): Promise<Consumer[]> {
  const consumers: Consumer[] = [];
  const familiesOfServices = new Set<string>();
  for (const cluster of await listClusters(scan.target)) {
    const services = await describeServices(scan.target, cluster, await listServices(scan.target, cluster));
    for (const service of services) addFamilies(service, familiesOfServices);
    consumers.push(...(await scanServices(scan, cluster, services)));
  }
  return [...consumers, ...(await scanFamilies(scan, familiesOfServices))];
}

interface Using {
  readonly service: Service;
  readonly definition: Definition;
  readonly images: readonly PrivateImage[];
}

async function scanServices(scan: Scan, cluster: string, services: readonly Service[]): Promise<Consumer[]> {
  const using = await mapAtOnce(AT_ONCE, services, async (service): Promise<Using | undefined> => {
    const arn = definitionOf(service);
    const definition = arn === undefined ? undefined : await scan.definitions(arn);
    const images = definition ? await privateImages(scan, definition) : [];
    return definition && images.length > 0 ? { service, definition, images } : undefined;
  });
  const found = using.filter((one) => one !== undefined);
  const running = services.reduce((total, { runningCount = 0 }) => total + runningCount, 0);
  const sights = scan.only ? await readSights(scan, cluster, found, running) : [];
  return found.map(({ service, definition, images }, index) =>
    toServiceConsumer(scan.place, service, definition, images, sights[index] ?? NOT_LOOKED_AT),
  );
}

/** Service by service, or the cluster as a whole where that takes fewer calls: lists come in hundreds. */
async function readSights(
  { target, diagnose }: Scan,
  cluster: string,
  using: readonly Using[],
  running: number,
): Promise<RunningSight[]> {
  if (using.length <= Math.ceil(running / 100)) {
    return mapAtOnce(AT_ONCE, using, async ({ service }) =>
      sightOf(service, await readTasks(target, cluster, service.serviceName), diagnose),
    );
  }
  const byGroup = Map.groupBy(await readTasks(target, cluster), ({ group }: Task) => group);
  return using.map(({ service }) =>
    sightOf(service, byGroup.get(`service:${service.serviceName}`) ?? [], diagnose),
  );
}

/** Task definitions of no service: what is started by a schedule or by hand. The latest revision counts. */
async function scanFamilies(scan: Scan, ofServices: ReadonlySet<string>): Promise<Consumer[]> {
  const families = (await listFamilies(scan.target)).filter((family) => !ofServices.has(family));
  const found = await mapAtOnce(AT_ONCE, families, async (family): Promise<Consumer | undefined> => {
    const latest = await describeTaskDefinition(scan.target, family);
    const definition = latest && toDefinition(latest);
    const images = definition ? await privateImages(scan, definition) : [];
    if (!definition || images.length === 0) return undefined;
    const { target, stage } = scan.place;
    return {
      kind: 'task-definition',
      id: `${target}//${family}`,
      target,
      stage,
      name: family,
      taskDefinition: definition.arn,
      ...(definition.executionRoleArn && { executionRoleArn: definition.executionRoleArn }),
      images,
    };
  });
  return found.filter((one) => one !== undefined);
}

/** All its private images, or none where it uses none of the credentials asked for. */
async function privateImages({ secretNames, only }: Scan, { privates }: Definition): Promise<PrivateImage[]> {
  const images: PrivateImage[] = [];
  for (const { container, image, parameter } of privates) {
    images.push({ container, image, credentialId: await secretNames(parameter) });
  }
  return !only || images.some(({ credentialId }) => only.has(credentialId)) ? images : [];
}

function addFamilies(
  { taskDefinition, deployments = [], taskSets = [] }: Service,
  families: Set<string>,
): void {
  const all = [taskDefinition, ...[...deployments, ...taskSets].map((one) => one.taskDefinition)];
  for (const arn of all) if (arn) families.add(familyOf(lastPart(arn)));
}
