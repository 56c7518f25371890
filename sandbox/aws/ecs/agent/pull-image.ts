import type { EngineAnswer } from '../pull/dockerd.ts';
import { readImageName, withDigest } from '../pull/image-name.ts';
import type { Login } from '../pull/token.ts';
import type { InstanceRecord } from '../state.ts';
import type { Ec2AgentOptions, Preparing } from './prepare-container.ts';
import { mustPull } from './pull-behavior.ts';
import { retry } from './retry.ts';
import { keepFirstReason } from './starter.ts';

/** The digest the container's image means; undefined where the lookup failed, which leaves its reason. */
export async function resolveDigest(preparing: Preparing): Promise<string | undefined> {
  const { options, task, instance, container, login } = preparing;
  const named = readImageName(container.image);
  if (typeof named !== 'string' && named.digest !== undefined) return named.digest;
  const answer = mustPull(instance, container.image)
    ? await lookUp(options, container.image, login)
    : readLocalDigest(instance, container.image);
  if ('error' in answer) {
    keepFirstReason(container, `CannotPullImageManifestError: Error response from daemon: ${answer.error}`);
    return undefined;
  }
  options.onResolved(task, container, answer.digest);
  return answer.digest;
}

/** Pulls by the digest where it is known, by the tag where the lookup failed. False where it was refused. */
export async function pullImage(preparing: Preparing, digest: string | undefined): Promise<boolean> {
  const { options, task, instance, container, login } = preparing;
  const { timers, random, settings, dockerd } = options;
  const reference = digest === undefined ? container.image : withDigest(container.image, digest);
  task.pullStartedAt ??= timers.now();
  const isLocal = (local: string): boolean => instance.cache.has(container.image, local);
  const { answer } = await retry({
    timers,
    random,
    plan: settings.imagePull,
    attempt: () => dockerd.pull(reference, login, isLocal),
    again: (tried) => 'error' in tried,
  });
  task.pullStoppedAt = timers.now();
  if ('digest' in answer) {
    instance.cache.store(container.image, answer.digest);
    return true;
  }
  keepFirstReason(
    container,
    `CannotPullContainerError: ${augment(`Error response from daemon: ${answer.error}`)}`,
  );
  return false;
}

function readLocalDigest(instance: InstanceRecord, image: string): EngineAnswer {
  const digest = instance.cache.find(image);
  return digest === undefined ? { error: `No such image: ${image}` } : { digest };
}

async function lookUp(
  { timers, random, settings, dockerd }: Ec2AgentOptions,
  image: string,
  login: Login | undefined,
): Promise<EngineAnswer> {
  const plan = settings.manifestPull;
  const attempt = (): Promise<EngineAnswer> => dockerd.lookUp(image, login);
  return (await retry({ timers, random, plan, attempt, again: (answer) => 'error' in answer })).answer;
}

/** The hint agents since 1.84 put before some texts (errormessages/error_messages.go). */
function augment(text: string): string {
  const start = 'The task can’t pull the image. ';
  if (text.includes('denied: requested access to the resource is denied')) {
    return `${start}Check whether the image exists. ${text}`;
  }
  if (text.includes('request canceled while waiting for connection')) {
    return `${start}Check your network configuration. ${text}`;
  }
  return text;
}
