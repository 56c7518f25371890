import * as z from 'zod';

/** What the world's process and the product's say to one another, beside HTTP. */

const pace = z.object({ wall: z.number(), virtual: z.number(), speed: z.number() });

/** To the product. */
export const toProduct = z.discriminatedUnion('say', [
  z.object({
    say: z.literal('start'),
    pace,
    env: z.record(z.string(), z.string()),
    directory: z.string(),
    /** Whether nothing has been scanned yet. */
    scans: z.boolean(),
    /** Name of the point at which the process kills itself, for tests of that. */
    dieAt: z.string().optional(),
  }),
  z.object({ say: z.literal('pace'), pace }),
]);
export type ToProduct = z.infer<typeof toProduct>;

/** From the product: it listens for Slack's requests at this address. */
export const fromProduct = z.object({ say: z.literal('listening'), url: z.string() });
export type FromProduct = z.infer<typeof fromProduct>;
