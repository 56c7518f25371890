import type { Problem, Source } from '../../credentials/agent/problems.ts';

/** How the places of a host's configuration are named. */

type Facts = Omit<Problem, 'name'>;

export function line({ line: number, source }: Facts): string {
  const file = source === 'var-lib' ? ' of /var/lib/ecs/ecs.config' : '';
  return number === undefined ? place(source) : `line ${number}${file}`;
}

export function column({ column: number }: Facts): string {
  return number === undefined ? '' : ` from character ${number} on`;
}

export function place(source: Source | undefined): string {
  switch (source) {
    case 'var-lib':
      return '/var/lib/ecs/ecs.config';
    case 'json-config':
      return '/etc/ecs/ecs.config.json';
    case 'user-data':
      return 'the user data';
    case 'ecs.config':
    case undefined:
      return '/etc/ecs/ecs.config';
    default:
      return source satisfies never;
  }
}

/** A key is written as it is; without one we say where to look. */
export function entry({ key }: Facts): string {
  return key ? `The entry ${key}` : 'An entry whose key is no registry';
}

export function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
