import type { ImageTry, Login } from '../ports.ts';
import type { Consumer, PrivateImage } from '../rules/consumer.ts';
import type { CheckingDeps } from './deps.ts';
import type { RotationLogins } from './logins.ts';

/** One image as it was tried: as nobody, with the new login, with the one in use. */
export interface TriedImage {
  readonly image: PrivateImage;
  readonly consumer: Consumer;
  readonly isPublic: boolean;
  readonly staged: ImageTry;
  readonly base?: ImageTry;
}

/**
 * Tries every image, one at a time: as nobody first, since a public image says nothing of a login. A login that was
 * refused once, or a registry that asks for patience, is not tried again: many refusals lock an account.
 */
export async function tryImages(
  deps: Pick<CheckingDeps, 'registry'>,
  consumers: readonly Consumer[],
  logins: RotationLogins,
): Promise<TriedImage[]> {
  const trier = new Trier(deps);
  const tried: TriedImage[] = [];
  for (const { consumer, image } of distinctImages(consumers)) {
    tried.push(await tryOne(trier, consumer, image, logins));
  }
  return tried;
}

async function tryOne(
  trier: Trier,
  consumer: Consumer,
  image: PrivateImage,
  logins: RotationLogins,
): Promise<TriedImage> {
  const anonymous = await trier.try(image.image, null);
  if (anonymous.answer === 'readable') return { image, consumer, isPublic: true, staged: anonymous };
  const staged = await trier.try(image.image, logins.staged);
  const login = logins.base.get(image.credentialId);
  return {
    image,
    consumer,
    isPublic: false,
    staged,
    ...(login ? { base: await trier.try(image.image, login) } : {}),
  };
}

/** Remembers what would be asked in vain: answers about one login at one host that hold for every image. */
class Trier {
  readonly #deps: Pick<CheckingDeps, 'registry'>;
  readonly #settled = new Map<string, ImageTry>();

  constructor(deps: Pick<CheckingDeps, 'registry'>) {
    this.#deps = deps;
  }

  async try(image: string, login: Login | null): Promise<ImageTry> {
    const host = this.#deps.registry.hostOf(image);
    const same = [...this.#logins].findIndex((known) => isSameLogin(known, login));
    const key = `${host} ${same < 0 ? this.#logins.push(login) - 1 : same}`;
    const settled = this.#settled.get(key);
    if (settled) return settled;
    const answer = await this.#deps.registry.tryImage(image, login);
    if (holdsForEveryImage(answer, login)) this.#settled.set(key, answer);
    return answer;
  }

  readonly #logins: (Login | null)[] = [];
}

function isSameLogin(a: Login | null, b: Login | null): boolean {
  if (a === null || b === null) return a === b;
  return a.userName === b.userName && a.password.equals(b.password);
}

/** As nobody, "refused" only means that the image is private. */
function holdsForEveryImage({ answer, because }: ImageTry, login: Login | null): boolean {
  if (answer === 'login-refused') return login !== null;
  return answer === 'unreachable' || because === 'rate-limited' || because === 'locked-out';
}

function distinctImages(consumers: readonly Consumer[]): { consumer: Consumer; image: PrivateImage }[] {
  const pairs = consumers.flatMap((consumer) => consumer.images.map((image) => ({ consumer, image })));
  return [...new Map(pairs.map((pair) => [`${pair.image.credentialId} ${pair.image.image}`, pair])).values()];
}
