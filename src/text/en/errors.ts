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
  unexpected: {
    says: (f) => `Something unexpected went wrong (reference ${f.reference}).`,
    next: () => 'Try again. If it stays, look the reference up in the log of the function.',
  },
} satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof texts;

export const errorTexts: Readonly<Record<ErrorCode, ErrorText>> = texts;
