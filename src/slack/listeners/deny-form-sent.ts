import { can } from '../../rotation/rules/policy.ts';
import { deny } from '../../rotation/rules/transitions.ts';
import { act } from '../act.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { readValues, text } from '../views/form-values.ts';
import { readMetadata } from '../views/metadata.ts';
import { reasonField } from '../views/reason-form.ts';
import { actorOf } from './incoming.ts';
import { onSubmission } from './submission.ts';

/** The deny form: denies with the note, where there is one. */
export const onDenyFormSent = (deps: SlackDependencies) =>
  onSubmission(deps, async ({ body, view }) => {
    const key = readMetadata.reason(view.private_metadata);
    const note = text(readValues(view.state.values), reasonField, reasonField).trim();
    const acted = await act(deps, actorOf(body), key, {
      what: 'denied',
      may: can.deny,
      apply: (rotation, click) => deny(rotation, { ...click, ...(note ? { note } : {}) }),
    });
    return 'refused' in acted ? { end: 'notice', says: acted.refused } : { end: 'close' };
  });
