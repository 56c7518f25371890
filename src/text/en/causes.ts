import type { PullFailureClass } from '../../ecs/pull-failure.ts';

/** What a sentence may name. Any may be missing. The sentences are plain text: escape them for Slack. */
export interface CauseFacts {
  /** Host of the registry; `docker.io` is shown as Docker Hub. */
  readonly registry?: string;
  /** Repository, or the image with its tag. */
  readonly repository?: string;
  readonly userName?: string;
  /** Name of the secret, not its ARN. */
  readonly secret?: string;
  readonly service?: string;
  /** The registry counted the pull as one without a login (`unauthenticatedHint`). */
  readonly unauthenticated?: boolean;
}

/** `cause`: what happened, in one or two sentences. `next`: what to do about it. */
export interface CauseText {
  cause(facts: CauseFacts): string;
  next(facts: CauseFacts): string;
}

/** What a person is told of each class that `diagnosePullFailure` gives. */
export const causeTexts: Readonly<Record<PullFailureClass, CauseText>> = {
  credential_rejected: {
    cause: (f) => begin(`${registry(f)} refuses this login: it is wrong, expired or revoked.`),
    next: (f) => `Enter a new login for ${registry(f)}. Check that its token is complete and not expired.`,
  },
  credential_refused: {
    cause: (f) => begin(`${registry(f)} wants a login: the one it got is wrong, or none was sent.`),
    next: (f) =>
      `Check that the task definition names ${secret(f)} for this container, then enter the login again.`,
  },
  credential_missing: {
    cause: (f) => `No login was sent to ${registry(f)}.`,
    next: (f) =>
      `Name ${secret(f)} in repositoryCredentials of this container, or mend the agent's ECS_ENGINE_AUTH_DATA.`,
  },
  not_permitted: {
    cause: (f) => begin(`${registry(f)} accepts the login but does not let it read ${image(f)}.`),
    next: (f) => `Give ${user(f)} read access to ${image(f)}, then press Try Again.`,
  },
  access_denied: {
    cause: (f) =>
      begin(
        `${registry(f)} refuses ${image(f)} and does not say why. The login may be wrong or lack the right.`,
      ),
    next: (f) => `Check that ${image(f)} exists and that ${user(f)} may read it, then press Try Again.`,
  },
  login_lockout: {
    cause: (f) => begin(`${registry(f)} has locked the login for a while: too many attempts failed.`),
    next: (f) =>
      `Do not restart anything. Wait until ${registry(f)} lets logins in again, then press Try Again.`,
  },
  'secret_unreadable:iam': {
    cause: (f) => begin(`${role(f)} may not read ${secret(f)}.`),
    next: (f) => `Allow ${role(f)} secretsmanager:GetSecretValue on ${secret(f)}, then press Try Again.`,
  },
  'secret_unreadable:kms': {
    cause: (f) => begin(`${role(f)} may not use the key that ${secret(f)} is encrypted with.`),
    next: (f) => `Allow ${role(f)} kms:Decrypt on that key, then press Try Again.`,
  },
  'secret_unreadable:role': {
    cause: (f) => `The task definition${of(f)} has no execution role, so ${secret(f)} cannot be read.`,
    next: (f) => `Give the task definition an execution role that may read ${secret(f)}, and deploy it.`,
  },
  'secret_unreadable:not_found': {
    cause: (f) => `ECS did not find ${secret(f)}: it is deleted, about to be, or its ARN is wrong.`,
    next: (f) => `Restore ${secret(f)}, or correct its ARN in the task definition, then press Try Again.`,
  },
  'secret_unreadable:malformed': {
    cause: (f) => begin(`${secret(f)} does not hold a user name and a password that ECS can read.`),
    next: (f) =>
      `Write ${secret(f)} as a JSON object with username and password as text, then press Try Again.`,
  },
  'secret_unreadable:network': {
    cause: (f) => `The task did not reach Secrets Manager to read ${secret(f)}.`,
    next: () =>
      "Check the way from the task's subnets to Secrets Manager (NAT, endpoint), then press Try Again.",
  },
  'secret_unreadable:unknown': {
    cause: (f) => `ECS could not read ${secret(f)} and does not say why.`,
    next: (f) => `Read what ECS said, check that ${role(f)} may read ${secret(f)}, then press Try Again.`,
  },
  'ecr_auth_unreadable:iam': {
    cause: (f) =>
      begin(`${role(f)} may not log in to Amazon ECR. This has nothing to do with the login here.`),
    next: (f) => `Allow ${role(f)} ecr:GetAuthorizationToken, then press Try Again.`,
  },
  'ecr_auth_unreadable:network': {
    cause: () => 'The task did not reach Amazon ECR. This has nothing to do with the login here.',
    next: () => "Check the way from the task's subnets to Amazon ECR (NAT, endpoint), then press Try Again.",
  },
  'ecr_auth_unreadable:unknown': {
    cause: () => 'ECS could not log in to Amazon ECR. This has nothing to do with the login here.',
    next: (f) => `Read what ECS said, check that ${role(f)} may pull from Amazon ECR, then press Try Again.`,
  },
  rate_limited: {
    cause: (f) =>
      f.unauthenticated
        ? begin(`${registry(f)} allows no more pulls without a login for now. Perhaps no login was sent.`)
        : begin(`${registry(f)} allows no more pulls for now. This says nothing about the login.`),
    next: (f) =>
      f.unauthenticated
        ? `Check that the task definition names ${secret(f)} for this container, wait a while, then press Try Again.`
        : 'Wait until the limit has passed, then press Try Again.',
  },
  local_image: {
    cause: (f) => `The host has no usable copy of ${image(f)}, and ${registry(f)} was not asked.`,
    next: () => 'Check ECS_IMAGE_PULL_BEHAVIOR and the images on the host, then press Try Again.',
  },
  image_not_found: {
    cause: (f) =>
      begin(`${registry(f)} does not find ${image(f)}: it is not there, or hidden from this login.`),
    next: (f) => `Check the image name in the task definition, and that ${user(f)} may read it.`,
  },
  platform_mismatch: {
    cause: (f) => begin(`${image(f)} is not built for the platform of the task.`),
    next: (f) => `Build ${image(f)} for that platform, or change the platform in the task definition.`,
  },
  network: {
    cause: (f) => `The task did not reach ${registry(f)}. This says nothing about the login.`,
    next: (f) =>
      `Check name resolution, routes and firewalls on the way to ${registry(f)}, then press Try Again.`,
  },
  tls: {
    cause: (f) =>
      `No trusted connection to ${registry(f)}: its certificate or its TLS settings are not accepted.`,
    next: (f) =>
      `Check the certificate of ${registry(f)} and which ones the host trusts, then press Try Again.`,
  },
  timeout: {
    cause: (f) =>
      `The pull of ${image(f)} took too long and was given up. This says nothing about the login.`,
    next: (f) => `Check the network and whether ${registry(f)} is slow, then press Try Again.`,
  },
  registry_error: {
    cause: (f) => begin(`${registry(f)} has a fault of its own. This says nothing about the login.`),
    next: (f) => `Wait until ${registry(f)} works again, then press Try Again.`,
  },
  blob_store_denied: {
    cause: (f) =>
      `The storage behind ${registry(f)} refused the layers of ${image(f)}. The login is not the reason.`,
    next: () => "Check the endpoint policy for Amazon S3 in the task's network, then press Try Again.",
  },
  disk: {
    cause: (f) => `There is no space left for ${image(f)} where the task starts.`,
    next: () => 'Free space on the host or give the task more storage, then press Try Again.',
  },
  unknown_pull: {
    cause: (f) => begin(`${image(f)} could not be pulled. What ECS said does not tell why.`),
    next: (f) => `Read what ECS said, and check that ${user(f)} may read ${image(f)}.`,
  },
};

function registry(facts: CauseFacts): string {
  if (facts.registry === 'docker.io') return 'Docker Hub';
  return facts.registry || 'the registry';
}

function image(facts: CauseFacts): string {
  return facts.repository || 'the image';
}

function user(facts: CauseFacts): string {
  return facts.userName || 'the login';
}

function secret(facts: CauseFacts): string {
  return facts.secret || 'the secret';
}

function role(facts: CauseFacts): string {
  return `the execution role${of(facts)}`;
}

function of(facts: CauseFacts): string {
  return facts.service ? ` of ${facts.service}` : '';
}

/** A capital for our own words only: the name of a registry or secret is written as it is. */
function begin(sentence: string): string {
  return sentence.replace(/^the /, 'The ');
}
