import type { Clock } from '../clock.ts';

/**
 * Makes look-ups by one text remember their answers for `ms` of the clock. A look-up under way is shared. A failure is
 * forgotten at once, and an answer that has aged is never used in its place.
 */
export function rememberFor(clock: Clock, ms: number) {
  return <T>(lookUp: (key: string) => Promise<T>): ((key: string) => Promise<T>) => {
    const kept = new Map<string, { readonly at: number; readonly answer: Promise<T> }>();
    return (key) => {
      const known = kept.get(key);
      if (known && clock.now() - known.at < ms) return known.answer;
      const answer = lookUp(key);
      kept.set(key, { at: clock.now(), answer });
      answer.catch(() => kept.delete(key));
      return answer;
    };
  };
}
