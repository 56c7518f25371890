import type { ImageTry, Login } from '../ports.ts';
import type { Finding } from '../rules/checks.ts';
import type { Consumer, PrivateImage } from '../rules/consumer.ts';
import { repositoryPath } from '../rules/plan.ts';
import type { Rotation } from '../rules/rotation.ts';
import type { CheckingDeps } from './deps.ts';
import type { RotationLogins } from './logins.ts';

export interface ImageFindings {
  readonly findings: readonly Finding[];
  readonly count: number;
  /** Ids of consumers that would start a newer build. */
  readonly movedTags: ReadonlySet<string>;
  /** Ids of consumers with an image that neither login may read. */
  readonly unreadable: ReadonlySet<string>;
  readonly oldLoginWorks?: boolean;
}

/** One image as it was tried: as nobody, with the new login, with the one in use. */
interface TriedImage {
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
export async function findInImages(
  deps: CheckingDeps,
  rotation: Rotation,
  consumers: readonly Consumer[],
  logins: RotationLogins,
): Promise<ImageFindings> {
  const trier = new Trier(deps);
  const tried: TriedImage[] = [];
  for (const { consumer, image } of distinctImages(consumers)) {
    tried.push(await tryOne(trier, consumer, image, logins));
  }
  const oldLoginWorks = rotation.ask.entry === 'in-use' ? undefined : judgeOldLogin(tried, logins);
  return {
    count: countImages(tried),
    movedTags: findMovedTags(consumers, tried),
    unreadable: findUnreadable(rotation.registry, consumers, tried),
    findings: [...describe(rotation.registry, tried), ...describeWayBack(rotation, oldLoginWorks)],
    ...(oldLoginWorks === undefined ? {} : { oldLoginWorks }),
  };
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

/** True where it read a private image, false where it was refused or is no login at all, else undecided. */
function judgeOldLogin(tried: readonly TriedImage[], logins: RotationLogins): boolean | undefined {
  const asked = tried.filter(({ isPublic }) => !isPublic);
  if (logins.base.size === 0) return asked.length === 0 ? undefined : false;
  const answers = asked.flatMap(({ base }) => (base ? [base.answer] : []));
  if (answers.includes('login-refused')) return false;
  return answers.includes('readable') ? true : undefined;
}

function describeWayBack(rotation: Rotation, oldLoginWorks: boolean | undefined): Finding[] {
  if (rotation.ask.entry === 'in-use') return [];
  if (oldLoginWorks === true && rotation.ask.why !== 'leaked') return [{ check: 'can-go-back', facts: {} }];
  return [{ check: 'no-way-back', facts: { registry: rotation.registry } }];
}

function describe(registry: string, tried: readonly TriedImage[]): Finding[] {
  if (tried.some(({ staged }) => staged.answer === 'login-refused')) {
    return [{ check: 'login-refused', facts: { registry } }];
  }
  const each = new Map<string, Finding>();
  for (const image of tried) {
    const finding = describeOne(registry, image);
    if (finding) each.set(JSON.stringify(finding), finding);
  }
  const asked = tried.filter(({ isPublic }) => !isPublic);
  const count = countImages(asked.filter(({ staged }) => staged.answer === 'readable'));
  const open = countImages(tried.filter(({ isPublic }) => isPublic));
  return [
    ...each.values(),
    ...(count > 0 ? [{ check: 'images-readable', facts: { count, of: countImages(asked) } } as const] : []),
    ...(open > 0 ? [{ check: 'images-public', facts: { count: open } } as const] : []),
  ];
}

/** Several secrets may be used for one image. */
function countImages(tried: readonly TriedImage[]): number {
  return new Set(tried.map(({ image }) => image.image)).size;
}

function describeOne(
  registry: string,
  { image, consumer, isPublic, staged, base }: TriedImage,
): Finding | undefined {
  if (isPublic || staged.answer === 'readable') return undefined;
  const repository = repositoryPath(image.image, registry);
  if (staged.answer === 'unreachable') return { check: 'image-unreachable', facts: { registry } };
  if (staged.answer === 'undecided') {
    return { check: 'image-undecided', facts: { repository, because: staged.because ?? 'unexpected' } };
  }
  if (base?.answer === 'readable')
    return { check: 'image-worse', facts: { repository, service: consumer.name } };
  if (base?.answer === 'undecided' || base?.answer === 'unreachable') {
    return { check: 'image-undecided', facts: { repository, because: base.because ?? 'unexpected' } };
  }
  // What starts by schedule is not restarted anyway.
  const facts: Finding['facts'] =
    consumer.kind === 'service' ? { repository, service: consumer.name } : { repository };
  return { check: 'image-no-worse', facts };
}

/** A tag whose registry digest is not the running one: restarting would ship new code. */
function findMovedTags(consumers: readonly Consumer[], tried: readonly TriedImage[]): Set<string> {
  const digests = new Map(
    tried.map(({ image, staged, base }) => [image.image, staged.digest ?? base?.digest] as const),
  );
  const hasMoved = ({ image, runningDigest }: PrivateImage) => {
    const digest = digests.get(image);
    return (
      !image.includes('@') && digest !== undefined && runningDigest !== undefined && digest !== runningDigest
    );
  };
  const services = consumers.filter(({ kind }) => kind === 'service');
  return new Set(services.filter(({ images }) => images.some(hasMoved)).map(({ id }) => id));
}

/** No worse than before, but a new task of theirs could not start with either login. */
function findUnreadable(
  registry: string,
  consumers: readonly Consumer[],
  tried: readonly TriedImage[],
): Set<string> {
  const dead = tried.filter(
    (one) => one.staged.answer !== 'login-refused' && describeOne(registry, one)?.check === 'image-no-worse',
  );
  const isDead = ({ image, credentialId }: PrivateImage) =>
    dead.some((one) => one.image.image === image && one.image.credentialId === credentialId);
  return new Set(consumers.filter(({ images }) => images.some(isDead)).map(({ id }) => id));
}
