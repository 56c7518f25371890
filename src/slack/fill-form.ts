import type { DeskRequest } from '../rotation/requests.ts';
import type { SlackDependencies } from './dependencies.ts';
import { loginFormView } from './login-form-view.ts';
import { readSlackRefusal } from './slack-refusal.ts';
import { noticeView } from './views/notice.ts';

export type FillFormDependencies = Pick<
  SlackDependencies,
  'ledger' | 'clock' | 'texts' | 'settings' | 'client' | 'log'
> & {
  /** Scans every target and saves the inventory. */
  readonly scan: () => Promise<unknown>;
};

/** Looks for logins, then fills the form that was opened over an empty inventory, or says that there are none. */
export async function fillForm(deps: FillFormDependencies, request: DeskRequest): Promise<void> {
  const view = await scanAndRender(deps, request);
  try {
    const hash = request.hash ? { hash: request.hash } : {};
    await deps.client.views.update({ view_id: request.viewId, ...hash, view });
  } catch (error) {
    // The person has closed the form; the inventory is there for the next one.
    const refusal = readSlackRefusal(error);
    const isGone = refusal.is === 'refused' && ['not_found', 'view_not_found'].includes(refusal.error);
    if (!isGone) throw error;
  }
}

async function scanAndRender(deps: FillFormDependencies, { channel }: DeskRequest) {
  try {
    await deps.scan();
    return await loginFormView(deps, await deps.ledger.inventory(), { channel });
  } catch (error) {
    deps.log.error('The look for logins failed', { error });
    return noticeView(deps.texts, deps.texts.form.lookFailed);
  }
}
