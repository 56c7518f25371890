/** Milliseconds as the wire has them: seconds since the epoch, with fractions. */
export const seconds = (milliseconds: number): number => milliseconds / 1000;

/** The same for a time that may not have come. */
export const maybeSeconds = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined ? undefined : seconds(milliseconds);

/** Without the members that are undefined, so that an answer has only what AWS would send. */
export function present(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
