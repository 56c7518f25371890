import type { WireObject } from '../operation.ts';
import { numberOf, textOf } from '../secrets/input.ts';
import { refusals } from './refusals.ts';

/**
 * The part of a list that NextToken and MaxResults ask for, at most 50 and at most `forced`. The token is opaque.
 * @throws {AwsFault} InvalidNextToken for a token that was not given out, ValidationException for MaxResults.
 */
export function pageOf<T>(
  all: readonly T[],
  input: WireObject,
  forced: number,
): { items: readonly T[]; NextToken?: string } {
  const wanted = numberOf(input, 'MaxResults') ?? 50;
  if (wanted < 1 || wanted > 50) {
    throw refusals.invalid('maxResults', 'Member must have value less than or equal to 50');
  }
  const start = startOf(textOf(input, 'NextToken'));
  const end = start + Math.min(wanted, forced);
  const items = all.slice(start, end);
  return end < all.length ? { items, NextToken: Buffer.from(`after ${end}`).toString('base64') } : { items };
}

function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const position = /^after (\d+)$/.exec(Buffer.from(token, 'base64').toString())?.[1];
  if (position === undefined) throw refusals.badPage();
  return Number(position);
}
