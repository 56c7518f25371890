/**
 * What the functions ask of one another, parsed at each edge. The store request is the only payload that carries a
 * credential's value; the function that receives it has no URL, and the caller invokes it synchronously.
 */
import * as z from 'zod';

const rotationKey = z.object({ registry: z.string().min(1), id: z.string().min(1) });

const credentialRef = z.object({
  kind: z.enum(['secret', 'agent']),
  target: z.string(),
  id: z.string(),
  name: z.string(),
});

const ask = z.object({
  by: z.string(),
  suppliedBy: z.string().optional(),
  at: z.number(),
  channel: z.string(),
  why: z.enum(['planned', 'expired', 'leaked', 'other']),
  note: z.string().max(500).optional(),
  redeploy: z.enum(['all', 'failing', 'none']),
  entry: z.enum(['here', 'stored', 'in-use']),
  userName: z.string(),
  halve: z.literal(true).optional(),
});

export const storeRequest = z.object({
  registry: z.string().min(1),
  /** One submission a view: the view's id; a repeat is told, not merged. */
  submission: z.string().min(1),
  ask,
  credentials: z.array(credentialRef).min(1).max(20),
  /** Present for entry `here` only. */
  password: z.string().optional(),
  /** The open rotation that this one takes over, by id. */
  replaces: z.string().optional(),
  /** Wall time in milliseconds since the epoch until which the login may be tried. */
  tryUntil: z.number(),
});
export type StoreRequest = z.infer<typeof storeRequest>;

export const storeAnswer = z.discriminatedUnion('result', [
  /** `ring`: the callback of a request that this one replaced, to be told. */
  z.object({ result: z.literal('stored'), key: rotationKey, ring: z.string().optional() }),
  /** This view was submitted before; nothing was done. `key` where the first one was stored. */
  z.object({ result: z.literal('repeated'), key: rotationKey.optional() }),
  /** The registry said no. Nothing was stored. */
  z.object({ result: z.literal('login-refused'), registry: z.string() }),
  /** The value is the one in use. Nothing was stored. */
  z.object({ result: z.literal('already-in-use') }),
  /** Entry `stored`, but no version stands under our label. `name` is the credential. */
  z.object({ result: z.literal('nothing-stored'), name: z.string() }),
  /** Another rotation of this registry is under way and may not be taken over. */
  z.object({ result: z.literal('held'), by: z.string(), id: z.string(), phase: z.string() }),
  /** Another request is waiting and may be taken over: submit again with `replaces`. */
  z.object({ result: z.literal('may-replace'), by: z.string(), id: z.string() }),
  /** The secret could not be written or read: `says` and `next` come from the catalogue. */
  z.object({ result: z.literal('failed'), code: z.string(), says: z.string(), next: z.string() }),
]);
export type StoreAnswer = z.infer<typeof storeAnswer>;

export const checkRequest = z.discriminatedUnion('do', [
  z.object({ do: z.literal('scan') }),
  z.object({ do: z.literal('check'), key: rotationKey }),
  z.object({ do: z.literal('replan'), key: rotationKey }),
  z.object({
    do: z.literal('attempt'),
    key: rotationKey,
    which: z.enum(['base', 'staged']),
    images: z.array(z.string()).min(1).max(5),
  }),
]);
export type CheckRequest = z.infer<typeof checkRequest>;

const imageAnswer = z.enum([
  'readable',
  'login-refused',
  'not-permitted',
  'not-found',
  'undecided',
  'unreachable',
]);

export const scanAnswer = z.object({ credentials: z.number(), consumers: z.number() });
export const checkAnswer = z.object({
  stopped: z.boolean(),
  more: z.boolean(),
  oldLoginWorks: z.boolean().optional(),
});
export const replanAnswer = z.object({ more: z.boolean() });
export const attemptAnswer = z.array(z.object({ image: z.string(), answer: imageAnswer }));

/** Slow work for one Slack user, finished off the internet after the click was acknowledged. */
export const deskRequest = z.discriminatedUnion('do', [
  /** Scans, then fills the form that was opened over an empty inventory. */
  z.object({
    do: z.literal('fill-form'),
    viewId: z.string(),
    hash: z.string(),
    user: z.string(),
    channel: z.string(),
  }),
]);
export type DeskRequest = z.infer<typeof deskRequest>;
