import type { ECSClient } from '@aws-sdk/client-ecs';
import type { Aws } from '../aws.ts';
import { askAws } from '../aws-errors.ts';
import type { Bucket, Pace } from './pace.ts';

/** ECS of one account and region, asked at its pace. */
export interface EcsTarget {
  readonly id: string;
  readonly client: ECSClient;
  /** One call. `resource` is what it is about, for the error. @throws {RotateError} as `askAws` */
  ask<T>(bucket: Bucket, operation: string, resource: string, call: () => Promise<T>): Promise<T>;
}

export function createEcsTarget(aws: Aws, id: string, pace: Pace): EcsTarget {
  return {
    id,
    client: aws.ecs(id),
    async ask(bucket, operation, resource, call) {
      await pace(bucket);
      return askAws({ action: `ecs:${operation}`, resource, name: lastPart(resource) }, call);
    },
  };
}

/** The name at the end of an ARN. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
