import type { WireObject } from '../operation.ts';
import { numberOf, textOf } from './input.ts';
import { refusals } from './refusals.ts';

/** One page of a list; `nextToken` is undefined on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/**
 * The page that NextToken and MaxResults ask for, `most` at a time at the utmost. The token is opaque.
 * @throws {AwsFault} InvalidNextTokenException for a token that was not given out.
 */
export function pageOf<T>(all: readonly T[], input: WireObject, { most }: { most: number }): Page<T> {
  const wanted = numberOf(input, 'MaxResults') ?? most;
  if (wanted < 1 || wanted > 100) {
    throw refusals.invalid('maxResults', 'Member must have value between 1 and 100');
  }
  const start = readPageToken(textOf(input, 'NextToken'));
  const end = start + Math.min(wanted, most);
  return { items: all.slice(start, end), nextToken: end < all.length ? writePageToken(end) : undefined };
}

const writePageToken = (position: number): string => Buffer.from(`after ${position}`).toString('base64');

function readPageToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const position = /^after (\d+)$/.exec(Buffer.from(token, 'base64').toString())?.[1];
  if (position === undefined) throw refusals.badPage();
  return Number(position);
}
