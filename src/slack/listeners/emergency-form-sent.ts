import { can } from '../../rotation/rules/policy.ts';
import { startInEmergency } from '../../rotation/rules/transitions.ts';
import { act } from '../act.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { readValues, text } from '../views/form-values.ts';
import { readMetadata } from '../views/metadata.ts';
import { reasonField } from '../views/reason-form.ts';
import { actorOf } from './incoming.ts';
import { onSubmission } from './submission.ts';

/** The emergency form: starts without approval. A reason of blanks is none. */
export const onEmergencyFormSent = (deps: SlackDependencies) =>
  onSubmission(deps, async ({ body, view }) => {
    const key = readMetadata.reason(view.private_metadata);
    const reason = text(readValues(view.state.values), reasonField, reasonField).trim();
    if (!reason) return { end: 'wrong', fields: { [reasonField]: deps.texts.approval.emergencyReason } };
    const acted = await act(deps, actorOf(body), key, {
      what: 'started-in-emergency',
      may: can.startInEmergency,
      apply: (rotation, click) => startInEmergency(rotation, { ...click, reason }),
    });
    return 'refused' in acted ? { end: 'notice', says: acted.refused } : { end: 'close' };
  });
