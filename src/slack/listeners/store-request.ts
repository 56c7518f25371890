import type { StoreRequest } from '../../rotation/requests.ts';
import type { Entry } from '../../rotation/rules/rotation.ts';
import { tryUntil } from '../ask.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { chosenCredentials } from '../views/chosen-credentials.ts';
import type { FormTwoMetadata } from '../views/metadata.ts';
import type { SubmissionArgs } from './incoming.ts';
import { sentAtOf } from './sent-at.ts';

/** What the storing function is asked, without a password. One submission a view: the view's id names it. */
export async function storeRequestOf(
  deps: SlackDependencies,
  { body, view, context }: Pick<SubmissionArgs, 'body' | 'view' | 'context'>,
  chosen: FormTwoMetadata,
  entry: Entry,
  userName: string,
): Promise<StoreRequest> {
  return {
    registry: chosen.registry,
    submission: view.id,
    ask: {
      by: body.user.id,
      at: deps.clock.now(),
      channel: chosen.channel,
      why: chosen.why,
      redeploy: chosen.redeploy,
      entry,
      userName,
      ...(chosen.note ? { note: chosen.note } : {}),
      ...(chosen.halve ? { halve: true } : {}),
    },
    credentials: await chosenCredentials(deps.ledger, chosen),
    ...(chosen.replaces ? { replaces: chosen.replaces } : {}),
    tryUntil: tryUntil(sentAtOf(context)),
  };
}
