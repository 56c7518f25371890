import * as z from 'zod';
import type { InstanceRecord } from '../../rotation/rules/instance.ts';
import { exactly } from '../parse.ts';

const text = z.string();
const count = z.number();
const back = z.literal(true).optional();

export const mishap = z.enum(['refused', 'restored', 'failed']);

const notReady = z.enum([
  'unreachable',
  'not-managed',
  'disconnected',
  'draining',
  'bottlerocket',
  'windows',
  'managed-by-aws',
  'role-missing',
  'not-writable',
  'tools-missing',
  'not-in-file',
  'unknown',
]);

const instance = z.object({
  id: text,
  name: text,
  zone: text.optional(),
  tasks: count,
  family: text,
  notReady: notReady.optional(),
  misses: z.object({ role: text, secret: text }).optional(),
  holds: z
    .object({
      isSame: z.boolean(),
      type: text,
      registries: z.array(text).readonly(),
      problems: z.array(z.object({ name: text, key: text.optional() })).readonly(),
    })
    .optional(),
});

const planned = z.discriminatedUnion('action', [
  z.object({ action: z.literal('change'), wave: count }),
  z.object({ action: z.literal('leave'), because: z.enum([...notReady.options, 'by-hand']) }),
]);

const progress = z.discriminatedUnion('is', [
  z.object({ is: z.literal('not-started') }),
  z.object({ is: z.literal('under-way'), token: text, versionId: text, since: z.number(), back }),
  z.object({ is: z.literal('changed') }),
  z.object({ is: z.literal('back') }),
  z.object({ is: z.literal('undelivered'), back }),
  z.object({ is: mishap, why: text, back }),
  z.object({ is: z.literal('gone') }),
]);

export const instanceRecordSchema = exactly<InstanceRecord>()(
  z.object({ credentialId: text, instance, planned, progress }),
);
