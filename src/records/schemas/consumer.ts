import * as z from 'zod';
import type { Consumer, ConsumerRecord, PullTrouble } from '../../rotation/rules/consumer.ts';
import { exactly } from '../parse.ts';

const text = z.string();
const count = z.number();
const time = z.number();

export const pullTrouble = exactly<PullTrouble>()(
  z.object({
    taskId: text,
    container: text,
    image: text,
    cause: text,
    reason: text,
    host: text.optional(),
    at: time,
  }),
);

const base = {
  id: text,
  target: text,
  stage: text,
  name: text,
  taskDefinition: text,
  executionRoleArn: text.optional(),
  images: z
    .array(z.object({ container: text, image: text, credentialId: text, runningDigest: text.optional() }))
    .readonly(),
};

const service = z.object({
  kind: z.literal('service'),
  ...base,
  arn: text,
  clusterArn: text,
  cluster: text,
  launchType: z.enum(['FARGATE', 'EC2', 'EXTERNAL']),
  scheduling: z.enum(['REPLICA', 'DAEMON']),
  controller: z.enum(['ECS', 'CODE_DEPLOY', 'EXTERNAL']),
  strategy: text,
  desired: count,
  running: count,
  midDeployment: z.boolean(),
  failingNow: z.boolean(),
  minimumHealthyPercent: count,
  maximumPercent: count,
});

export const consumerSchema = exactly<Consumer>()(
  z.discriminatedUnion('kind', [service, z.object({ kind: z.literal('task-definition'), ...base })]),
);

const leftOutBecause = z.enum([
  'code-deploy',
  'external',
  'blue-green',
  'desired-zero',
  'moved-tag',
  'unreadable',
  'next-start',
  'not-failing',
  'not-asked',
  'by-hand',
]);

const planned = z.discriminatedUnion('action', [
  z.object({ action: z.literal('restart'), group: count, halve: z.literal(true).optional() }),
  z.object({ action: z.literal('leave-out'), because: leftOutBecause }),
]);

const progress = z.discriminatedUnion('is', [
  z.object({ is: z.literal('not-started') }),
  z.object({ is: z.literal('waiting-for-colleague'), deploymentId: text, since: time }),
  z.object({
    is: z.literal('restarting'),
    deploymentId: text,
    since: time,
    limitFrom: time.optional(),
    adopted: z.literal(true).optional(),
    running: count,
    desired: count,
  }),
  z.object({
    is: z.literal('steady'),
    deploymentId: text,
    running: count,
    desired: count,
    rolledBack: z.literal(true).optional(),
  }),
]);

const unprovenBecause = z.enum([
  'pinned-may-be-cached',
  'registry-not-asked',
  'no-tasks',
  'never-placed',
  'next-start',
  'freshness',
]);

const troubled = { trouble: pullTrouble, tasks: count };

const verdict = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('pulled'),
    provedBy: count,
    tasks: count,
    hosts: z.array(text).readonly().optional(),
  }),
  z.object({ is: z.literal('stale'), ...troubled }),
  z.object({ is: z.literal('denied'), ...troubled }),
  z.object({ is: z.literal('failed'), ...troubled }),
  z.object({ is: z.literal('crashed'), taskId: text, reason: text, exitCode: count.optional() }),
  z.object({ is: z.literal('unproven'), because: unprovenBecause }),
]);

export const consumerRecordSchema = exactly<ConsumerRecord>()(
  z.object({ consumer: consumerSchema, planned, progress, verdict, borrowed: text.optional() }),
);
