import type { WireObject } from '../operation.ts';
import { invalidParameter } from './faults.ts';
import { readNumber, readText } from './input.ts';

/** A page's size where the caller names none, and the most the operation allows. */
export interface PageSizes {
  readonly usual: number;
  readonly most: number;
}

/**
 * One page of a list as `{ [member]: items, nextToken? }`. Tokens are opaque base64 of the next position.
 * @throws {AwsFault} InvalidParameterException for a size out of range or a token that is not one of ours.
 */
export function pageOf<Item>(
  items: readonly Item[],
  member: string,
  input: WireObject,
  sizes: PageSizes & { readonly forced: number },
): WireObject {
  const size = Math.min(readSize(input, sizes), sizes.forced);
  const start = readToken(input);
  const end = start + size;
  const page = items.slice(start, end);
  return end < items.length ? { [member]: page, nextToken: tokenFor(end) } : { [member]: page };
}

function readSize(input: WireObject, sizes: PageSizes): number {
  const size = readNumber(input, 'maxResults') ?? sizes.usual;
  if (size < 1 || size > sizes.most) {
    throw invalidParameter(`maxResults must be between 1 and ${sizes.most}.`);
  }
  return size;
}

const tokenFor = (position: number): string => Buffer.from(`position:${position}`).toString('base64');

function readToken(input: WireObject): number {
  const token = readText(input, 'nextToken');
  if (token === undefined || token === '') return 0;
  const position = /^position:(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'))?.[1];
  if (position === undefined) throw invalidParameter('Invalid token.');
  return Number(position);
}
