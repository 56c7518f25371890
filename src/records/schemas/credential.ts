import * as z from 'zod';
import type { KnownCredential } from '../../rotation/rules/credential.ts';
import { exactly } from '../parse.ts';

const text = z.string();

export const knownCredentialSchema = exactly<KnownCredential>()(
  z.object({
    kind: z.enum(['secret', 'agent']),
    target: text,
    id: text,
    name: text,
    registries: z.tuple([text], text).readonly(),
    userName: text.optional(),
    sameLogin: z.number().optional(),
    services: z.number(),
    otherConsumers: z.number(),
    seenAt: z.number(),
  }),
);
