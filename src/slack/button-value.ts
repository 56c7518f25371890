import * as z from 'zod';

const buttonValue = z.object({
  registry: z.string().min(1),
  id: z.string().min(1),
  /** What Approve approves: the plan as it was shown. */
  fingerprint: z.string().min(1).optional(),
});

/** Which rotation a button belongs to. Rights never stand in it: they are asked for at every click. */
export type ButtonValue = z.infer<typeof buttonValue>;

/** A button's `value`: JSON well below Slack's 2,000 characters. */
export function encodeButtonValue(value: ButtonValue): string {
  return JSON.stringify(buttonValue.parse(value));
}

/** The value of a button as clicked; undefined where it is none of ours. */
export function parseButtonValue(text: string | undefined): ButtonValue | undefined {
  try {
    return buttonValue.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}
