import { randomUUID } from 'node:crypto';

/** 32 hex digits, as ECS names tasks and container instances. */
export const hexId = (): string => randomUUID().replaceAll('-', '');

/** A deployment's id, `ecs-svc/` and 19 digits; it is also the `startedBy` of its tasks. */
export function deploymentId(): string {
  const digits = BigInt(`0x${hexId().slice(0, 16)}`)
    .toString()
    .padStart(19, '1')
    .slice(0, 19);
  return `ecs-svc/${digits}`;
}

/** The last part of a service deployment's or a service revision's ARN. */
export const shortId = (): string => hexId().slice(0, 21);
