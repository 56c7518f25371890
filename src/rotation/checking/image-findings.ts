import type { Finding } from '../rules/checks.ts';
import type { Consumer, PrivateImage } from '../rules/consumer.ts';
import type { RotatedCredential } from '../rules/credential.ts';
import { fleetsOf } from '../rules/fleet.ts';
import { repositoryPath } from '../rules/plan.ts';
import type { Rotation } from '../rules/rotation.ts';
import type { CheckingDeps } from './deps.ts';
import type { RotationLogins } from './logins.ts';
import { type TriedImage, tryImages } from './try-images.ts';

export interface ImageFindings {
  readonly findings: readonly Finding[];
  readonly count: number;
  /** Ids of consumers that would start a newer build. */
  readonly movedTags: ReadonlySet<string>;
  /** Ids of consumers with an image that neither login may read. */
  readonly unreadable: ReadonlySet<string>;
  readonly oldLoginWorks?: boolean;
}

/** Tries every image of the consumers and says what that means: for people, for the plan, and for a way back. */
export async function findInImages(
  deps: CheckingDeps,
  rotation: Rotation,
  consumers: readonly Consumer[],
  logins: RotationLogins,
): Promise<ImageFindings> {
  const tried = await tryImages(deps, consumers, logins);
  const onlyOnHosts = fleetsOf(rotation).filter(({ id }) => !logins.base.has(id));
  const isUntold = rotation.ask.entry === 'in-use' || onlyOnHosts.length > 0;
  const oldLoginWorks = isUntold ? undefined : judgeOldLogin(tried, logins);
  return {
    count: countImages(tried),
    movedTags: findMovedTags(consumers, tried),
    unreadable: findUnreadable(rotation.registry, consumers, tried),
    findings: [
      ...describe(rotation.registry, tried),
      ...describeWayBack(rotation, oldLoginWorks, onlyOnHosts),
    ],
    ...(oldLoginWorks === undefined ? {} : { oldLoginWorks }),
  };
}

/**
 * True where it read a private image, false where it was refused or is no login at all, else undecided. Where the secrets
 * hold several logins, true and false are said of all of them.
 */
function judgeOldLogin(tried: readonly TriedImage[], logins: RotationLogins): boolean | undefined {
  const asked = tried.filter(({ isPublic }) => !isPublic);
  if (logins.base.size === 0) return asked.length === 0 ? undefined : false;
  const answers = asked.flatMap(({ base }) => (base ? [base.answer] : []));
  if (answers.includes('login-refused'))
    return answers.every((answer) => answer === 'login-refused') ? false : undefined;
  return answers.includes('readable') ? true : undefined;
}

/** A login that stood on the hosts alone cannot be given back to them. */
function describeWayBack(
  rotation: Rotation,
  oldLoginWorks: boolean | undefined,
  onlyOnHosts: readonly RotatedCredential[],
): Finding[] {
  if (rotation.ask.entry === 'in-use') return [];
  if (onlyOnHosts.length > 0)
    return onlyOnHosts.map(({ name }) => ({ check: 'hosts-no-way-back', facts: { name } }));
  if (oldLoginWorks === true && rotation.ask.why !== 'leaked') return [{ check: 'can-go-back', facts: {} }];
  return [{ check: 'no-way-back', facts: { registry: rotation.registry } }];
}

function describe(registry: string, tried: readonly TriedImage[]): Finding[] {
  if (tried.some(({ staged }) => staged.answer === 'login-refused')) {
    return [{ check: 'login-refused', facts: { registry } }];
  }
  const each = gather(tried.flatMap((image) => describeOne(registry, image) ?? []));
  const asked = tried.filter(({ isPublic }) => !isPublic);
  const count = countImages(asked.filter(({ staged }) => staged.answer === 'readable'));
  const open = countImages(tried.filter(({ isPublic }) => isPublic));
  return [
    ...each,
    ...(count > 0 ? [{ check: 'images-readable', facts: { count, of: countImages(asked) } } as const] : []),
    ...(open > 0 ? [{ check: 'images-public', facts: { count: open } } as const] : []),
  ];
}

/** Each finding once; images that could not be told for the same reason in one, which names the first. */
function gather(findings: readonly Finding[]): Finding[] {
  const distinct = [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
  const told = distinct.filter(({ check }) => check !== 'image-undecided');
  const undecided = distinct.filter(({ check }) => check === 'image-undecided');
  for (const [first, ...others] of Map.groupBy(undecided, ({ facts }) => facts.because).values()) {
    if (!first) continue;
    const more = others.length;
    told.push(more > 0 ? { ...first, facts: { ...first.facts, more } } : first);
  }
  return told;
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
    const facts = { repository, service: consumer.name, because: base.because ?? 'unexpected' };
    return { check: 'image-perhaps-worse', facts };
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
