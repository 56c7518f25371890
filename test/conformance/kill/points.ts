/** Where the process is killed: twenty points of the story in which something is done and something not yet. */

/** Points at which the whole of `good` passes. */
export const pointsOfGood: readonly (readonly [point: string, between: string])[] = [
  ['store.ledger.begin:after:1', 'lock and record are taken, nothing is stored'],
  ['store.credentials.stage:after:1', 'one of two secrets holds the new login'],
  ['store.ledger.change:after:1', 'everything is stored, the workflow is not started'],
  ['slack.executions.start:after:1', 'the workflow runs, the form was never answered'],
  ['rotation.announcer.show:after:1', 'the message is posted, its place not written down'],
  ['rotation.checker.check:after:1', 'the checks are saved, their step is not'],
  ['rotation.ledger.change:after:2', 'it waits for approval, and nobody was shown'],
  ['slack.ledger.change:after:1', 'the approval is written, the workflow not rung'],
  ['slack.executions.ring:after:1', 'the workflow is rung, the click was never answered'],
  ['rotation.checker.replan:after:1', 'the plan was looked at again, the step not saved'],
  ['rotation.credentials.move:before:1', 'nothing is in use yet'],
  [
    'rotation.credentials.move:after:1',
    'one of two secrets has the new login in use, nothing is written of it',
  ],
  ['rotation.credentials.move:after:2', 'both have, and the record does not say so'],
  ['rotation.estate.restart:after:1', 'the first service restarts, and nothing is written of it'],
  ['rotation.ledger.saveConsumer:after:1', 'it is written, and the step is not saved'],
  ['rotation.estate.restart:after:3', 'in the middle of the groups'],
  ['rotation.ledger.saveConsumer:after:6', 'progress is written, the step is not saved'],
  ['rotation.credentials.removeLabels:after:1', 'it is closed, one of two secrets still has our labels'],
  ['rotation.announcer.reply:after:1', 'the last reply is sent, the step is not saved'],
];

/** Points at which `denied` is going back. */
export const pointsOfDenied: readonly (readonly [point: string, between: string])[] = [
  ['rotation.checker.attempt:after:1', 'our own attempt was made, nothing is decided'],
  ['rotation.credentials.move:after:3', 'one of two secrets has the old login in use again'],
  ['rotation.credentials.move:after:4', 'both have, and the record does not say so'],
  ['rotation.announcer.reply:before:1', 'it went back, and nobody was told'],
  ['rotation.announcer.reply:after:1', 'the failure is told, the step is not saved'],
];
