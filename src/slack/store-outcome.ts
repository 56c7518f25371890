import type { StoreAnswer } from '../rotation/requests.ts';
import type { Texts } from '../text/catalogue.ts';

/** What a person is told of a login that was not stored; undefined where it was. Plain text, for a field. */
export function whyNotStored(texts: Texts, registry: string, answer: StoreAnswer): string | undefined {
  const { fields } = texts.refusals;
  switch (answer.result) {
    case 'stored':
      return undefined;
    case 'repeated':
      return answer.key ? undefined : fields.repeated;
    case 'login-refused':
      return fields.loginRefused(answer.registry);
    case 'already-in-use':
      return fields.alreadyInUse;
    case 'nothing-stored':
      return fields.nothingStored(answer.name);
    case 'held':
      return fields.held(registry, answer.id);
    case 'may-replace':
      return fields.mayReplace(answer.id);
    case 'failed':
      return `${answer.says} ${answer.next}`;
    default:
      return unknownAnswer(answer);
  }
}

function unknownAnswer(answer: never): never {
  throw new TypeError(`unknown answer ${JSON.stringify(answer)}`);
}
