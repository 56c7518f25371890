import type { Operation, WireObject } from '../../operation.ts';
import { invalidParameter } from '../faults.ts';
import { readFlag, readNumber, readObject, readObjects, readText, readTexts } from '../input.ts';
import { pageOf } from '../pages.ts';
import type { ContainerSpec, Estate, TaskDefinitionRecord } from '../state.ts';
import { describeTaskDefinition } from '../wire/task-definition.ts';
import type { EcsContext } from './context.ts';
import { findTaskDefinition } from './find.ts';
import { readTags } from './tags.ts';

/** RegisterTaskDefinition, DescribeTaskDefinition, ListTaskDefinitions, ListTaskDefinitionFamilies. */
export function taskDefinitionOperations({ world, maxPage }: EcsContext): Record<string, Operation> {
  const { estate } = world;
  const sizes = () => ({ usual: 100, most: 100, forced: maxPage() });
  return {
    RegisterTaskDefinition(input) {
      const family = readText(input, 'family') ?? '';
      const last = [...estate.taskDefinitions.values()].findLast((one) => one.family === family);
      const revision = (last?.revision ?? 0) + 1;
      const arn = world.arns.taskDefinition(family, revision);
      const record = register(input, { arn, family, revision, registeredAt: world.timers.now() });
      estate.taskDefinitions.set(arn, record);
      estate.tags.set(arn, readTags(input));
      return { taskDefinition: describeTaskDefinition(record), tags: readTags(input) };
    },
    DescribeTaskDefinition(input) {
      const record = findTaskDefinition(estate, readText(input, 'taskDefinition') ?? '');
      const taskDefinition = describeTaskDefinition(record);
      const withTags = readTexts(input, 'include').includes('TAGS');
      return withTags ? { taskDefinition, tags: estate.tags.get(record.arn) ?? [] } : { taskDefinition };
    },
    ListTaskDefinitions: (input) => pageOf(listArns(estate, input), 'taskDefinitionArns', input, sizes()),
    ListTaskDefinitionFamilies: (input) => pageOf(listFamilies(estate, input), 'families', input, sizes()),
  };
}

type Named = Pick<TaskDefinitionRecord, 'arn' | 'family' | 'revision' | 'registeredAt'>;

function register(input: WireObject, named: Named): TaskDefinitionRecord {
  const { tags: _tags, ...body } = input;
  const definitions = readObjects(input, 'containerDefinitions');
  if (definitions.length === 0) throw invalidParameter('Container list cannot be empty.');
  return {
    ...named,
    status: 'ACTIVE',
    body,
    containers: definitions.map(readContainer),
    executionRoleArn: readText(input, 'executionRoleArn'),
    cpu: readAmount(input, 'cpu') ?? sum(definitions, (one) => readNumber(one, 'cpu')),
    memory:
      readAmount(input, 'memory') ??
      sum(definitions, (one) => readNumber(one, 'memory') ?? readNumber(one, 'memoryReservation')),
  };
}

function readContainer(definition: WireObject): ContainerSpec {
  const credentials = readObject(definition, 'repositoryCredentials') ?? {};
  return {
    name: readText(definition, 'name') ?? '',
    image: readText(definition, 'image') ?? '',
    essential: readFlag(definition, 'essential') ?? true,
    secretId: readText(credentials, 'credentialsParameter'),
    versionConsistency: readText(definition, 'versionConsistency') !== 'disabled',
  };
}

/** Task-level cpu and memory are texts such as `256`, `.5 vCPU` or `1 GB`. */
function readAmount(input: WireObject, member: string): number | undefined {
  const text = readText(input, member);
  if (text === undefined) return undefined;
  const amount = Number.parseFloat(text);
  return /vcpu|gb/i.test(text) ? amount * 1024 : amount;
}

const sum = (items: readonly WireObject[], amount: (item: WireObject) => number | undefined): number =>
  items.reduce((total, item) => total + (amount(item) ?? 0), 0);

function listArns(estate: Estate, input: WireObject): string[] {
  const family = readText(input, 'familyPrefix');
  const status = readText(input, 'status') ?? 'ACTIVE';
  const found = [...estate.taskDefinitions.values()]
    .filter((one) => one.status === status && (family === undefined || one.family === family))
    .sort((one, other) => one.family.localeCompare(other.family) || one.revision - other.revision)
    .map(({ arn }) => arn);
  return readText(input, 'sort') === 'DESC' ? found.reverse() : found;
}

function listFamilies(estate: Estate, input: WireObject): string[] {
  const prefix = readText(input, 'familyPrefix') ?? '';
  const families = new Map<string, boolean>();
  for (const { family, status } of estate.taskDefinitions.values()) {
    families.set(family, (families.get(family) ?? false) || status === 'ACTIVE');
  }
  const wanted = readText(input, 'status') ?? 'ALL';
  const fits = (active: boolean): boolean => wanted === 'ALL' || (wanted === 'ACTIVE') === active;
  return [...families]
    .filter(([family, active]) => family.startsWith(prefix) && fits(active))
    .map(([family]) => family)
    .sort();
}
