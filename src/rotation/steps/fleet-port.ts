import { RotateError } from '../../errors.ts';
import type { Fleet } from '../ports.ts';

/**
 * The hosts, where this installation knows of any.
 * @throws {RotateError} `kind-unknown` where it does not: a record of a newer version, perhaps
 */
export function fleetFrom({ fleet }: { readonly fleet?: Fleet }): Fleet {
  if (!fleet) throw new RotateError('kind-unknown', { kind: 'agent' });
  return fleet;
}
