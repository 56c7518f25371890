import type { ImageName } from './image-name.ts';
import { type ReadErrors, wordsOf } from './registry-errors.ts';

/** dockerd's own sentence for the first error, where it has one for its code. */
export function translateErrors(read: ReadErrors, name: ImageName): string {
  if ('sentence' in read) return read.sentence;
  const [first] = read.errors;
  if (first === undefined) return 'unauthorized: authentication required';
  if (first.message === undefined) return wordsOf(first);
  if (first.code === 'denied') {
    return `pull access denied for ${name.familiar}, repository does not exist or may require 'docker login': ${wordsOf(first)}`;
  }
  const key = name.digest === undefined ? `:${name.tag}` : `@${name.digest}`;
  if (first.code === 'manifest unknown')
    return `manifest for ${name.familiar}${key} not found: ${wordsOf(first)}`;
  if (first.code === 'name unknown') return `repository ${name.familiar} not found: ${wordsOf(first)}`;
  return wordsOf(first);
}
