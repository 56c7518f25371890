import type { SlackDependencies } from '../dependencies.ts';
import { loginFormView } from '../login-form-view.ts';
import { readSlackRefusal } from '../slack-refusal.ts';
import { readValues } from '../views/form-values.ts';
import { readMetadata } from '../views/metadata.ts';
import type { InputArgs } from './incoming.ts';
import { tellUnexpected } from './private-answer.ts';

/** Another login was chosen, or a text entered to find one: the form is filled for it. */
export const onLoginChosen =
  (deps: SlackDependencies) =>
  async ({ ack, body }: InputArgs): Promise<void> => {
    await ack();
    const { view } = body;
    if (!view) return;
    try {
      const values = readValues(view.state.values);
      const filter = values.find?.find?.value?.trim();
      const { filter: _old, ...metadata } = readMetadata.formOne(view.private_metadata);
      const form = await loginFormView(
        deps,
        await deps.ledger.inventory(),
        { ...metadata, ...(filter ? { filter } : {}) },
        values.login?.login?.selected_option?.value,
      );
      await deps.client.views.update({ view_id: view.id, hash: view.hash, view: form });
    } catch (error) {
      // A newer choice has changed the view already, and its own update is on the way.
      const refusal = readSlackRefusal(error);
      if (refusal.is !== 'refused' || refusal.error !== 'hash_conflict') tellUnexpected(deps, error, 'login');
    }
  };
