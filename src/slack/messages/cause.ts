import type { PullTrouble } from '../../rotation/rules/consumer.ts';
import { repositoryPath } from '../../rotation/rules/plan.ts';
import type { Texts } from '../../text/catalogue.ts';
import { quote } from '../mrkdwn.ts';

/** What the sentences of a cause may name besides the image. */
export interface CauseNames {
  readonly registry?: string;
  readonly userName?: string;
  readonly secret?: string;
  readonly service?: string;
}

/** The sentences for a pull that failed, escaped for mrkdwn. */
export function causeOf(trouble: PullTrouble, texts: Texts, names: CauseNames) {
  const plain = plainCauseOf(trouble, texts, names);
  return { cause: quote(plain.cause, 400), next: quote(plain.next, 400) };
}

/** The same as plain text, for a table's cells. A class that is not in the catalogue is told as an unknown one. */
export function plainCauseOf(trouble: PullTrouble, texts: Texts, names: CauseNames) {
  const { causes } = texts;
  const known = Object.entries(causes).find(([cause]) => cause === trouble.cause)?.[1] ?? causes.unknown_pull;
  const facts = { ...names, repository: repositoryPath(trouble.image, names.registry) };
  return { cause: known.cause(facts), next: known.next(facts) };
}
