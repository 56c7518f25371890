import type { ModalView } from '@slack/types';
import type { Inventory } from '../rotation/ports.ts';
import type { SlackDependencies } from './dependencies.ts';
import { openRequest } from './open-request.ts';
import { chosenLogin, loginForm } from './views/login-form.ts';
import { loginsOf } from './views/logins.ts';
import type { FormOneMetadata } from './views/metadata.ts';

/** FORM 1 over an inventory, with what waits for the chosen login's registry. */
export async function loginFormView(
  deps: Pick<SlackDependencies, 'ledger' | 'clock' | 'texts' | 'settings'>,
  inventory: Inventory,
  metadata: FormOneMetadata,
  chosen?: string,
): Promise<ModalView> {
  const login = chosenLogin(loginsOf(inventory, metadata.filter), chosen);
  const { waiting } = login ? await openRequest(deps, login.registry) : {};
  const { texts, settings } = deps;
  return loginForm({
    texts,
    inventory,
    entries: settings.entries,
    metadata,
    ...(login ? { chosen: login.key } : {}),
    ...(waiting ? { waiting } : {}),
  });
}
