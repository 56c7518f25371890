import type { Ledger } from '../../rotation/ports.ts';
import type { StoreRequest } from '../../rotation/requests.ts';
import { keyOf } from './logins.ts';
import type { FormTwoMetadata } from './metadata.ts';

/** The credentials a form stands for: of the inventory by their short names, or those of an earlier rotation. */
export async function chosenCredentials(
  ledger: Pick<Ledger, 'inventory' | 'read'>,
  { registry, of }: Pick<FormTwoMetadata, 'registry' | 'of'>,
): Promise<StoreRequest['credentials']> {
  const known =
    'rotation' in of
      ? ((await ledger.read({ registry, id: of.rotation }))?.credentials ?? [])
      : (await ledger.inventory()).credentials.filter((known) => of.credentials.includes(keyOf(known)));
  return known.map(({ kind, target, id, name }) => ({ kind, target, id, name }));
}
