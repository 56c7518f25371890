/** What each error says to a person, and what to do next. Facts come from `RotateError.facts`. */
interface ErrorText {
  says(facts: Readonly<Record<string, string>>): string;
  next(facts: Readonly<Record<string, string>>): string;
}

/** What can be wrong with an image name, by the parser's word for it. */
const imageProblems: Readonly<Record<string, string>> = {
  empty: 'it is empty',
  identifier: 'it is the id of an image on a host, which no registry knows',
  'upper-case': 'its name has capital letters',
  'too-long': 'its name is longer than 255 characters',
  digest: 'its digest is not a whole sha256, sha384 or sha512',
  malformed: 'it has characters where they may not stand, or a part is missing',
};

const texts = {
  'image-reference-invalid': {
    says: (f) => `"${f.image}" is not a valid image name: ${imageProblems[f.problem ?? ''] ?? f.problem}.`,
    next: () =>
      'Correct the image in the task definition. An image looks like registry.example.com/team/app:1.4.',
  },
  'config-invalid': {
    says: (f) => `The setting ${f.field} is not valid: ${f.problem}.`,
    next: (f) => `Correct ${f.field} and deploy again. docs/install.md describes every setting.`,
  },
  'aws-denied': {
    says: (f) => `AWS does not let ecs-rotate use ${f.action} on ${f.name}.`,
    next: (f) =>
      `Allow ${f.action} on ${f.resource} for the function's role, then try again. docs/security.md lists every right.`,
  },
  'aws-throttled': {
    says: (f) => `AWS asked ecs-rotate to slow down (${f.action} on ${f.name}).`,
    next: () => 'Wait a minute and try again.',
  },
  'aws-failed': {
    says: (f) => `AWS did not do what was asked: ${f.action} on ${f.name} ended with ${f.problem}.`,
    next: () => 'Try again. If it stays, look at the AWS Health Dashboard and at the log of the function.',
  },
  'target-unknown': {
    says: (f) => `There is no account and region named "${f.target}" in the settings.`,
    next: (f) => `Add "${f.target}" to the targets again, or cancel the request.`,
  },
  'kind-unknown': {
    says: (f) => `This version cannot change a login of the kind "${f.kind}".`,
    next: () => 'Update ecs-rotate.',
  },
  'secret-missing': {
    says: (f) => `The secret ${f.name} does not exist, or not in this account and region.`,
    next: () => 'Correct credentialsParameter in the task definition, or create the secret.',
  },
  'secret-binary': {
    says: (f) => `The secret ${f.name} holds bytes instead of text, which ECS reads as an empty login.`,
    next: () => 'Store it as text: a JSON object with username and password.',
  },
  'secret-malformed': {
    says: (f) => `The secret ${f.name} is not a JSON object, so ECS cannot read a login from it.`,
    next: () => 'Store a JSON object with username and password in it, then start again.',
  },
  'secret-incomplete': {
    says: (f) => `The secret ${f.name} has no ${f.missing} that is a text and not empty.`,
    next: (f) => `Add ${f.missing} to the JSON object in the secret, then start again.`,
  },
  'secret-empty': {
    says: (f) => `The secret ${f.name} has no value yet.`,
    next: () => 'Store a JSON object with username and password in it, then start again.',
  },
  'secret-version-missing': {
    says: (f) => `The version ${f.version} of the secret ${f.name} is gone.`,
    next: () => 'Enter the login again.',
  },
  'secret-token-used': {
    says: (f) => `The secret ${f.name} already has a version of this request, with another value.`,
    next: () => 'Start again; nothing was stored by this attempt.',
  },
  'secret-unsettled': {
    says: (f) => `AWS does not yet show the change of the secret ${f.name}.`,
    next: () => 'Wait a minute and try again.',
  },
  'service-missing': {
    says: (f) => `The service ${f.name} is gone.`,
    next: () => 'Run the checks again: the plan is then made without it.',
  },
  'service-not-forced': {
    says: (f) => `AWS refuses to restart the service ${f.name}: ${f.reason}`,
    next: () => 'Restart it the way it is usually deployed. Its next deployment will prove the login.',
  },
  'record-unknown-schema': {
    says: (f) => `A ${f.record} was written by another version of ecs-rotate (form ${f.schema}).`,
    next: () => 'Deploy the newest version everywhere and try again.',
  },
  'record-unreadable': {
    says: (f) => `A ${f.record} in the table cannot be read: ${f.problem}.`,
    next: () => 'Look at the item in the table. Nothing was changed.',
  },
  'record-contended': {
    says: (f) => `Too many writers changed the rotation ${f.id} at once.`,
    next: () => 'Try again.',
  },
  'function-failed': {
    says: (f) => `The function ${f.function} failed (${f.problem}).`,
    next: () => 'Try again. If it stays, look at its log.',
  },
  'function-answer-unreadable': {
    says: (f) => `The function ${f.function} gave an answer this version does not understand.`,
    next: () => 'Deploy all functions of one version together.',
  },
  unexpected: {
    says: (f) => `Something unexpected went wrong (reference ${f.reference}).`,
    next: () => 'Try again. If it stays, look the reference up in the log of the function.',
  },
} satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof texts;

export const errorTexts: Readonly<Record<ErrorCode, ErrorText>> = texts;
