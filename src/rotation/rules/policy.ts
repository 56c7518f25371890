/** Who may do what. Checked again at every click, never from a message. */
import type { Rotation } from './rotation.ts';

/** A person as Slack told it just now. */
export interface Person {
  readonly id: string;
  readonly teamId: string;
  /** Guest of one or several channels, or a person of another company. */
  readonly isOutsider: boolean;
  readonly isApprover: boolean;
  readonly isRequester: boolean;
  readonly mayStartInEmergency: boolean;
}

export type Refusal =
  | 'outsider'
  | 'not-requester'
  | 'not-approver'
  | 'own-request'
  | 'own-login'
  | 'not-in-emergency-group'
  | 'not-involved';

/** `undefined` where allowed, else why not. */
export const can = {
  ask: (person: Person): Refusal | undefined =>
    person.isOutsider ? 'outsider' : person.isApprover || person.isRequester ? undefined : 'not-requester',

  /** Neither who asked nor who supplied the value may approve. */
  approve: (person: Person, rotation: Rotation): Refusal | undefined => {
    if (person.isOutsider) return 'outsider';
    if (rotation.ask.by === person.id) return 'own-request';
    if (rotation.ask.suppliedBy === person.id) return 'own-login';
    return person.isApprover ? undefined : 'not-approver';
  },

  deny: (person: Person): Refusal | undefined =>
    person.isOutsider ? 'outsider' : person.isApprover ? undefined : 'not-approver',

  /** Check again, cancel, stop, and what a paused rotation offers: whoever asked, and approvers. */
  steer: (person: Person, rotation: Rotation): Refusal | undefined => {
    if (person.isOutsider) return 'outsider';
    return person.isApprover || rotation.ask.by === person.id ? undefined : 'not-involved';
  },

  startInEmergency: (person: Person): Refusal | undefined =>
    person.isOutsider ? 'outsider' : person.mayStartInEmergency ? undefined : 'not-in-emergency-group',

  /** An emergency start is reviewed by an approver who did not start it. */
  review: (person: Person, rotation: Rotation): Refusal | undefined => {
    if (person.isOutsider) return 'outsider';
    if (rotation.approvals.some((approval) => approval.emergency !== undefined && approval.by === person.id))
      return 'own-request';
    return person.isApprover ? undefined : 'not-approver';
  },
};
