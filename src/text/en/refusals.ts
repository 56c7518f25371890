import type { Refusal } from '../../rotation/rules/policy.ts';
import { registryName } from './counting.ts';

/** Facts of a refusal, ready for mrkdwn. */
interface RefusalFacts {
  readonly approvers: string;
}

const people: Readonly<Record<Refusal, (f: RefusalFacts) => string>> = {
  outsider: () => 'Guests and people of other companies cannot use this.',
  'not-requester': (f) => `You may not ask for a new login. Ask one of ${f.approvers}.`,
  'not-approver': (f) => `Only ${f.approvers} can approve or deny.`,
  'own-request': (f) => `You asked for this, so someone else must approve it. Called: ${f.approvers}.`,
  'own-login': (f) => `You entered this login, so someone else must approve it. Called: ${f.approvers}.`,
  'not-in-emergency-group': () => 'You are not in the group that may start without approval.',
  'not-involved': (f) => `Only who asked for this, and ${f.approvers}, can do this.`,
};

/** Private answers, and the words at a field. Field words are plain text, the rest is mrkdwn. */
export const refusals = {
  person: (refusal: Refusal, facts: RefusalFacts): string => people[refusal](facts),
  peopleUnknown:
    'Slack did not tell who is in the approvers’ group, so this click was not counted. Try again in a minute.',
  sharedChannel: 'This channel is shared with another company. Use a channel of your own.',
  unknownRotation: 'This request is not known any more.',
  approvedBy: (who: string, at: string) => `${who} approved this at ${at}. Nothing more to do.`,
  alreadyCounted: 'Your approval is counted already. It waits for another approver.',
  expired: 'This has expired. Nobody approved in time, and nothing was changed. Ask again.',
  otherPlan: 'The plan has changed since this message was shown. Look at the message again, then approve.',
  notWaiting: 'This does not wait for approval any more.',
  over: 'This has ended already.',
  tooLate: 'It is approved already, so it cannot be cancelled. Use Stop.',
  notRolling: 'Nothing is being restarted now.',
  alreadyStopped: 'Stop was pressed already. The call under way ends first.',
  notPaused: 'This does not wait for a decision now.',
  alreadyChosen: (who: string, choice: string) => `${who} chose “${choice}” already.`,
  cannotGoBack: 'Going back is not possible: the old login does not work, or must not be used again.',
  notOffered: 'A start without approval is not offered now.',
  nothingToReview: 'This was reviewed already.',
  goingBackFirst: 'The old login is being put back first. Try again when that has ended.',
  notTheLast: 'Another request has followed this one. Press the button of the last one, or ask again.',
  asksAgain: (registry: string) =>
    `The stored ${registryName(registry)} login is checked again. It asks for approval once more.`,
  unexpected: (reference: string) => `Something unexpected went wrong (reference ${reference}). Try again.`,

  /** At a field; plain text. */
  fields: {
    loginRefused: (registry: string) =>
      `${registryName(registry)} refused this login. Nothing was stored. Copy the token again, or check that it is not expired.`,
    alreadyInUse: 'This is the login already in use. Enter the new one.',
    fullWidth: (field: string) =>
      `The ${field} has full-width characters. Copy it again with half-width ones.`,
    lineEnds: (field: string) => `The ${field} has a line end in it. Copy it again as one line.`,
    blanks: (field: string) => `The ${field} has a blank in it. Copy it again.`,
    empty: (field: string) => `Enter the ${field}.`,
    colon: 'A user name cannot hold a colon.',
    token: 'token',
    userName: 'user name',
    nothingStored: (name: string) =>
      `Nothing is stored yet for ${name}. Put the new value as a version with the label ecs-rotate-pending, then try again.`,
    held: (registry: string, id: string) =>
      `A change of the ${registryName(registry)} login is under way (${id}). Wait until it has ended.`,
    mayReplace: (id: string) => `Another request waits (${id}). Send this again to replace it.`,
    repeated: 'This form was sent already and is being worked on.',
    noSecret: 'Choose at least one secret.',
    tooMany: (most: number) => `Choose at most ${most} secrets at a time.`,
    chooseAgain: 'The list has changed. Choose again.',
    nothingToProve: 'To prove the login in use, services must restart. Choose All or Only what fails now.',
    entryOff: 'This way of entering is switched off here.',
  },
};
