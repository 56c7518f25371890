import * as z from 'zod';

/** Carried by form 1 from opening to submission. */
const formOne = z.object({
  channel: z.string(),
  filter: z.string().max(100).optional(),
  /** Id of the waiting request the form says it replaces. */
  replaces: z.string().optional(),
});
export type FormOneMetadata = z.infer<typeof formOne>;

/** What was chosen in form 1. Never anything of a token. */
const formTwo = z.object({
  channel: z.string(),
  registry: z.string(),
  /** Short names of credentials (views/logins.ts), or the rotation whose credentials they are. */
  of: z.union([z.object({ credentials: z.array(z.string()) }), z.object({ rotation: z.string() })]),
  why: z.enum(['planned', 'expired', 'leaked', 'other']),
  redeploy: z.enum(['all', 'failing', 'none']),
  halve: z.literal(true).optional(),
  note: z.string().max(500).optional(),
  replaces: z.string().optional(),
});
export type FormTwoMetadata = z.infer<typeof formTwo>;

const reasonForm = z.object({ registry: z.string(), id: z.string() });
export type ReasonMetadata = z.infer<typeof reasonForm>;

/** Reads `private_metadata`. Throws where it is not what we wrote: Slack signs it on the way back. */
export const readMetadata = {
  formOne: (text: string): FormOneMetadata => formOne.parse(JSON.parse(text)),
  formTwo: (text: string): FormTwoMetadata => formTwo.parse(JSON.parse(text)),
  reason: (text: string): ReasonMetadata => reasonForm.parse(JSON.parse(text)),
};

/** At most 3,000 characters, by the limits of its fields: 20 short names and a note of 500. */
export function writeMetadata(metadata: FormOneMetadata | FormTwoMetadata | ReasonMetadata): string {
  return JSON.stringify(metadata);
}
