import * as z from 'zod';
import type { Rotation } from '../../rotation/rules/rotation.ts';
import { exactly } from '../parse.ts';
import { pullTrouble } from './consumer.ts';
import { mishap } from './instance.ts';

const text = z.string();
const time = z.number();
const click = { by: text, at: time };

const ask = z.object({
  ...click,
  suppliedBy: text.optional(),
  channel: text,
  why: z.enum(['planned', 'expired', 'leaked', 'other']),
  note: text.optional(),
  redeploy: z.enum(['all', 'failing', 'none']),
  entry: z.enum(['here', 'stored', 'in-use']),
  userName: text,
  halve: z.literal(true).optional(),
});

const credential = z.object({
  kind: z.enum(['secret', 'agent']),
  target: text,
  id: text,
  name: text,
  baseVersionId: text,
  stagedVersionId: text,
});

const rung = { callbackId: text.optional(), remindAt: time };
const groups = { group: z.number(), groups: z.number() };
const rolloutStep = z.enum(['restart', 'watch']);
const wayBackStep = z.enum(['move', 'fleet', ...rolloutStep.options]);
const fleet = { wave: z.number(), waves: z.number(), rolled: z.literal(true).optional() };
const choice = z.object({ does: z.enum(['try-again', 'go-back', 'leave', 'leave-out']), ...click });

const closed = z.object({
  phase: z.literal('closed'),
  outcome: z.enum(['done', 'finished', 'refused', 'rolled-back', 'cancelled', 'expired']),
  because: z.enum([
    'proved',
    'left-as-it-is',
    'denied',
    'cancelled',
    'expired',
    'replaced',
    'changed-by-someone',
    'went-back',
    'asked-too-often',
    'never-stored',
    'lost',
  ]),
  by: text.optional(),
  note: text.optional(),
  at: time,
  left: z.array(z.object({ consumerId: text, name: text, because: text })).readonly(),
});

const state = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('staging'), leaseUntil: time }),
  z.object({ phase: z.literal('checking'), since: time, round: z.number() }),
  z.object({ phase: z.literal('cannot-start'), expiresAt: time, ...rung }),
  z.object({
    phase: z.literal('waiting'),
    fingerprint: text,
    expiresAt: time,
    needed: z.number(),
    round: z.number(),
    ...rung,
    emergencyFrom: time.optional(),
  }),
  z.object({ phase: z.literal('approved'), fingerprint: text, round: z.number() }),
  z.object({ phase: z.literal('changing') }),
  z.object({ phase: z.literal('fleet'), ...fleet, since: time, stop: z.object(click).optional() }),
  z.object({
    phase: z.literal('rolling'),
    ...groups,
    step: rolloutStep,
    since: time,
    stop: z.object(click).optional(),
  }),
  z.object({
    phase: z.literal('paused'),
    canGoBack: z.boolean(),
    since: time,
    ...groups,
    ...rung,
    choice: choice.optional(),
    goingBack: wayBackStep.optional(),
    fleet: z.object(fleet).optional(),
  }),
  z.object({
    phase: z.literal('going-back'),
    step: wayBackStep,
    since: time,
    by: text.optional(),
  }),
  closed,
]);

const trouble = z.object({
  cause: z.enum([
    'login',
    'not-the-login',
    'limit',
    'rolled-back-by-ecs',
    'stopped',
    'changed-by-someone',
    'unexpected',
    'execution-lost',
    'instance',
  ]),
  consumerId: text.optional(),
  pull: pullTrouble.optional(),
  instance: z.object({ id: text, name: text, is: mishap, why: text }).optional(),
  detail: text.optional(),
  reference: text.optional(),
  at: time,
  ownAttempt: z.enum(['readable', 'login-refused', 'not-permitted', 'not-found', 'undecided']).optional(),
});

export const rotationSchema = exactly<Rotation>()(
  z.object({
    registry: text,
    id: text,
    schema: z.literal(1),
    rev: z.number(),
    ask,
    credentials: z.array(credential).readonly(),
    state,
    approvals: z.array(z.object({ ...click, emergency: text.optional() })).readonly(),
    checkedAt: time.optional(),
    oldLoginWorks: z.boolean().optional(),
    settledAt: time.optional(),
    startedAt: time.optional(),
    trouble: trouble.optional(),
    message: z.object({ channel: text, ts: text }).optional(),
    generation: z.number(),
    follows: text.optional(),
    tidied: z.literal(true).optional(),
    unreviewed: z.boolean().optional(),
  }),
);
