import type { Operation, WireObject } from '../../operation.ts';
import { invalidParameter } from '../faults.ts';
import { readObjects, readText } from '../input.ts';
import type { Estate, Tag } from '../state.ts';
import type { EcsContext } from './context.ts';

/** ListTagsForResource, TagResource. */
export function tagOperations({ world: { estate } }: EcsContext): Record<string, Operation> {
  return {
    ListTagsForResource: (input) => ({ tags: estate.tags.get(findResource(estate, input)) ?? [] }),
    TagResource(input) {
      const arn = findResource(estate, input);
      const added = readTags(input);
      const kept = (estate.tags.get(arn) ?? []).filter(({ key }) => !added.some((tag) => tag.key === key));
      estate.tags.set(arn, [...kept, ...added]);
      return {};
    },
  };
}

/** The `tags` of a request, as key and value. */
export function readTags(input: WireObject): Tag[] {
  return readObjects(input, 'tags').map((tag) => ({
    key: readText(tag, 'key') ?? '',
    value: readText(tag, 'value') ?? '',
  }));
}

function findResource(estate: Estate, input: WireObject): string {
  const arn = readText(input, 'resourceArn') ?? '';
  const clusters = [...estate.clusters.values()].map((cluster) => cluster.arn);
  const others = [estate.services, estate.taskDefinitions, estate.tasks, estate.instances];
  if (clusters.includes(arn) || others.some((resources) => resources.has(arn))) return arn;
  throw invalidParameter('The specified resource is not found.');
}
