import { type StoreAnswer, storeRequest } from '../rotation/requests.ts';
import { store } from '../rotation/storing.ts';
import { referable } from './guard.ts';
import { lazily, type Wiring, type WiringOptions, wire, wireCredentials, wireRegistry } from './wiring.ts';

/**
 * Puts new logins, always under our own label. It has no URL: the slack function invokes it and waits. Its event is the
 * only one that carries a credential's value, so nothing of an event it cannot read is logged.
 */
export const handler = lazily(() => createStoreHandler({ env: process.env }));

export function createStoreHandler(options: WiringOptions): (event: unknown) => Promise<StoreAnswer> {
  const wiring: Wiring = wire(options, 'store');
  const deps = { ...wiring, credentials: wireCredentials(wiring), registry: wireRegistry(wiring) };
  return async (event) => {
    const request = storeRequest.safeParse(event);
    if (!request.success) throw new TypeError('a store request of another form');
    try {
      return await store(deps, request.data);
    } catch (error) {
      throw referable(error, 'store', wiring.log);
    }
  };
}
