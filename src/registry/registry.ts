import type { ImageTry, Login, Registry } from '../rotation/ports.ts';
import { parseImageReference } from './image-reference.ts';
import type { PullAnswer } from './outcome.ts';
import { createRegistryClient, type RegistryClientOptions } from './registry-client.ts';

/** Registries as the story sees them: images by the names that task definitions use. */
export function createRegistry(options: RegistryClientOptions = {}): Registry {
  const client = createRegistryClient(options);
  return {
    hostOf: (image) => parseImageReference(image).registry,
    tryImage: async (image, login) => asTry(await client.tryPull(parseImageReference(image), login)),
    async tryLogin(host, login: Login, { until, image }) {
      const repository = image === undefined ? {} : { repository: parseImageReference(image).repository };
      const answer = await client.tryLogin(host, login, { deadline: until, ...repository });
      return answer.result;
    },
  };
}

function asTry(answer: PullAnswer): ImageTry {
  switch (answer.result) {
    case 'readable':
      return { answer: 'readable', digest: answer.digest };
    case 'undecided':
    case 'unreachable':
      return { answer: answer.result, because: answer.why };
    default:
      return { answer: answer.result };
  }
}
