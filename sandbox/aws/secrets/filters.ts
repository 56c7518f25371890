import type { WireObject } from '../operation.ts';
import { objectsOf, requiredText, textsOf } from './input.ts';
import type { Secret } from './secret.ts';

export interface SecretFilter {
  readonly key: string;
  /** A secret matches where one of them does. One that begins with `!` matches where the rest does not. */
  readonly values: readonly string[];
}

/** The Filters of ListSecrets and BatchGetSecretValue. */
export function readFilters(input: WireObject): SecretFilter[] {
  return objectsOf(input, 'Filters').map((filter) => ({
    key: requiredText(filter, 'Key'),
    values: textsOf(filter, 'Values'),
  }));
}

/** Whether a secret matches every filter. Matching is by prefix, as for AWS; names and tags mind the case. */
export function matchesFilters(secret: Secret, filters: readonly SecretFilter[]): boolean {
  return filters.every(({ key, values }) => values.some((value) => matches(facets(secret, key), value)));
}

function matches(facets: readonly string[], value: string): boolean {
  if (value.startsWith('!')) return !matches(facets, value.slice(1));
  return facets.some((facet) => facet.startsWith(value));
}

function facets(secret: Secret, key: string): string[] {
  const words = (secret.description ?? '').split(/\s+/);
  switch (key) {
    case 'name':
      return [secret.name];
    case 'tag-key':
      return [...secret.tags.keys()];
    case 'tag-value':
      return [...secret.tags.values()];
    case 'description':
      return words;
    case 'owning-service':
      return secret.owningService ? [secret.owningService] : [];
    case 'primary-region':
      return secret.primaryRegion ? [secret.primaryRegion] : [];
    case 'all':
      return [secret.name, ...words, ...secret.tags.keys(), ...secret.tags.values()];
    default:
      throw new TypeError(`The filter ${key} is not in the stand-in`);
  }
}
