import * as z from 'zod';
import type { AuditEntry } from '../../rotation/ports.ts';
import type { CheckReport } from '../../rotation/rules/checks.ts';
import { exactly } from '../parse.ts';

const text = z.string();
const facts = z.record(text, z.union([text, z.number()])).readonly();
const check = z.enum([
  'login-refused',
  'image-worse',
  'role-cannot-read',
  'owned-by-service',
  'replica',
  'pending-deletion',
  'changed-by-someone',
  'image-undecided',
  'image-perhaps-worse',
  'login-undecided',
  'rotation-on',
  'deployment-in-progress',
  'no-way-back',
  'cannot-roll',
  'runs-at-half',
  'stops-first',
  'role-undecided',
  'image-no-worse',
  'image-unreachable',
  'moved-tag',
  'cannot-force',
  'next-start',
  'instances-none-ready',
  'instances-not-ready',
  'hosts-no-way-back',
  'agent-config-broken',
  'agent-docker-type',
  'instances-ready',
  'images-readable',
  'images-public',
  'can-go-back',
  'roles-can-read',
]);

export const reportSchema = exactly<CheckReport>()(
  z.object({
    at: z.number(),
    findings: z.array(z.object({ check, facts })).readonly(),
    oldLoginWorks: z.boolean().optional(),
    images: z.number(),
  }),
);

export const auditSchema = exactly<AuditEntry>()(
  z.object({ at: z.number(), what: text, by: text.optional(), details: facts.optional() }),
);
