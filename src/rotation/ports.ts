/**
 * What the story needs of the world. Adapters (slack, ecs, credentials, registry, records, lambda) implement these and
 * import nothing of one another; src/functions joins them.
 */
import type { SecretValue } from '../secret-value.ts';
import type { CheckReport } from './rules/checks.ts';
import type { Consumer, ConsumerRecord, ServiceConsumer } from './rules/consumer.ts';
import type {
  CredentialCondition,
  CredentialRef,
  KnownCredential,
  MoveResult,
  RotatedCredential,
} from './rules/credential.ts';
import type { InstanceRecord } from './rules/instance.ts';
import type { Rotation, RotationKey } from './rules/rotation.ts';
import type { ServiceSight, TaskSight } from './rules/sight.ts';

export type { Clock } from '../clock.ts';
export type { Fleet } from './ports/fleet.ts';

/** ECS, through a target. Every method throws `RotateError('aws-denied' | 'aws-failed')` with the AWS error as cause. */
export interface Estate {
  /** Every consumer in every target of any credential, or of the given ones. Scans at the API's pace. */
  scan(credentialIds?: readonly string[]): Promise<readonly Consumer[]>;
  /** The services as DescribeServices shows them now, ten a call; one that is gone is missing from the answer. */
  look(services: readonly ServiceConsumer[]): Promise<readonly ServiceSight[]>;
  /**
   * Forces a new deployment and changes no setting of the service. UpdateService has no token, so the caller looks
   * first and adopts a deployment that is new enough. `createdAt` is AWS's time of the deployment.
   */
  restart(service: ServiceConsumer): Promise<{ readonly deploymentId: string; readonly createdAt: number }>;
  /** The service's own deployment configuration, as JSON to be given back. */
  readSettings(service: ServiceConsumer): Promise<string>;
  /** Sets minimum healthy percent 50 and leaves the rest of `settings` as it is. Starts no deployment. */
  halve(service: ServiceConsumer, settings: string): Promise<void>;
  /** Gives `settings` back, unless somebody has changed them in the meantime. */
  giveBack(service: ServiceConsumer, settings: string): Promise<void>;
  /** Tasks of the service, RUNNING and STOPPED, created at or after `since` (ms). */
  tasks(service: ServiceConsumer, since: number): Promise<readonly TaskSight[]>;
  /** Whether the cluster has room for one more task of the service beside those that run; undefined on Fargate. */
  hasRoom(service: ServiceConsumer): Promise<boolean | undefined>;
  /** Whether the role may read the secret (iam:SimulatePrincipalPolicy); undefined where that cannot be told. */
  roleMayRead(target: string, roleArn: string, secretArn: string): Promise<boolean | undefined>;
}

/** One kind of place that holds a login, or all kinds behind one: `secret` now, `agent` beside it. */
export interface Credentials {
  condition(credential: CredentialRef): Promise<CredentialCondition>;
  /**
   * Merges user name and password into the current value (other keys kept) and puts it as a version under
   * `ecs-rotate-pending`, never under AWSCURRENT. `token` (32-64 characters) makes a repeat the same version.
   */
  stage(
    credential: CredentialRef,
    login: Login,
    token: string,
  ): Promise<{ readonly baseVersionId: string; readonly stagedVersionId: string }>;
  /** The login a version holds. Only the storing function and the checker may call it. */
  readLogin(credential: CredentialRef, versionId: string): Promise<Login>;
  /** AWSCURRENT from one version to another by compare-and-swap; the `from` version keeps `ecs-rotate-base`. */
  move(credential: CredentialRef, from: string, to: string): Promise<MoveResult>;
  /** Takes our own labels off these two versions, and off no other. `keepPending` leaves the stored value to be tried again. */
  removeLabels(credential: RotatedCredential, options: { readonly keepPending: boolean }): Promise<void>;
}

/** What an attempt on one image with one login says. */
export type ImageAnswer =
  | 'readable'
  | 'login-refused'
  | 'not-permitted'
  | 'not-found'
  | 'undecided'
  | 'unreachable';

/** A registry login: a user name, which may be shown, and a password or token, which may not. */
export interface Login {
  readonly userName: string;
  readonly password: SecretValue;
}

/** Registries over HTTP. Answers are values; nothing is thrown but for an image name that cannot be read. */
export interface Registry {
  /** The registry host of an image, `docker.io` for the Hub. @throws RotateError('image-reference-invalid') */
  hostOf(image: string): string;
  /** Whether the login, or nobody where it is null, may read the image; `digest` of what stands there now. */
  tryImage(image: string, login: Login | null): Promise<ImageTry>;
  /** Whether the registry accepts the login. `until`: wall time in ms. `image`: one of its private images. */
  tryLogin(
    host: string,
    login: Login,
    options: { readonly until: number; readonly image?: string },
  ): Promise<'accepted' | 'refused' | 'undecided' | 'unreachable'>;
}

export interface ImageTry {
  readonly answer: ImageAnswer;
  readonly digest?: string;
  /** Why it is undecided or unreachable, such as `rate-limited`. */
  readonly because?: string;
}

/** The function that reads values and tries logins. It answers words and counts, never values. */
export interface Checker {
  /**
   * Scans, tries both logins on every image, saves consumers and report, and answers whether a start is possible.
   * `more`: more would restart now than was approved; the approved plan is kept then.
   */
  check(key: RotationKey): Promise<{
    readonly stopped: boolean;
    readonly more: boolean;
    readonly oldLoginWorks?: boolean;
  }>;
  /** Scans only: whether more than was approved would restart now. Where not, the plan of now is saved. */
  replan(key: RotationKey): Promise<{ readonly more: boolean }>;
  /** Tries one of the two logins on the given images (at most 5). */
  attempt(
    key: RotationKey,
    which: 'base' | 'staged',
    images: readonly string[],
  ): Promise<readonly { readonly image: string; readonly answer: ImageAnswer }[]>;
}

/** The table. Every write is a conditional write of a single item. */
export interface Ledger {
  /** The rotation, open or ended; undefined where there is none of this id. */
  read(key: RotationKey): Promise<Rotation | undefined>;
  /** The open rotation of a registry host, if any. */
  open(registry: string): Promise<Rotation | undefined>;
  /** The open rotations, and those whose end has not been tidied up: what the keeper looks after. */
  listUnfinished(): Promise<readonly Rotation[]>;
  /**
   * Takes the lock and writes the record in one conditional write. `replaces` names the open rotation that this one
   * takes over (its record is first copied to history as given). Answers who holds it where it does not succeed.
   */
  begin(
    rotation: Rotation,
    replaces?: { readonly ended: Rotation; readonly rev: number },
  ): Promise<{ readonly begun: true } | { readonly begun: false; readonly heldBy: Rotation | undefined }>;
  /**
   * Reads, applies `transition`, writes on condition that nobody wrote between; reads and applies again where someone
   * did. `transition` answers the new record, or a refusal, which is handed back and nothing is written. `ended`: also
   * where the rotation has ended, as long as no other has followed it.
   */
  change<R>(
    key: RotationKey,
    transition: (rotation: Rotation) => { readonly rotation: Rotation } | { readonly refused: R },
    options?: { readonly ended?: boolean },
  ): Promise<
    { readonly rotation: Rotation } | { readonly refused: R | 'not-open'; readonly rotation?: Rotation }
  >;
  consumers(key: RotationKey): Promise<readonly ConsumerRecord[]>;
  saveConsumer(key: RotationKey, record: ConsumerRecord): Promise<void>;
  /** Replaces the whole plan: records not among the given ones are removed. */
  saveConsumers(key: RotationKey, records: readonly ConsumerRecord[]): Promise<void>;
  /** The hosts of the rotation's credentials of kind `agent`. */
  instances(key: RotationKey): Promise<readonly InstanceRecord[]>;
  saveInstance(key: RotationKey, record: InstanceRecord): Promise<void>;
  /** Replaces the whole plan of the hosts. */
  saveInstances(key: RotationKey, records: readonly InstanceRecord[]): Promise<void>;
  report(key: RotationKey): Promise<CheckReport | undefined>;
  saveReport(key: RotationKey, report: CheckReport): Promise<void>;
  /** Append-only. `what` is a stable word such as `approved`; details hold ids and numbers only. */
  audit(key: RotationKey, entry: AuditEntry): Promise<void>;
  auditOf(key: RotationKey): Promise<readonly AuditEntry[]>;
  inventory(): Promise<Inventory>;
  saveInventory(inventory: Inventory): Promise<void>;
  /** Ended rotations of a registry, newest first. */
  history(registry: string, limit: number): Promise<readonly Rotation[]>;
  /**
   * Writes a marker once: true for the first caller with this name, false afterwards. Submissions, retried
   * deliveries and replies are made to act once with it. Markers are removed after a week.
   */
  once(name: string): Promise<boolean>;
  /** Takes a marker back: what it stands for did not come about, and may be tried again. */
  undoOnce(name: string): Promise<void>;
}

export interface AuditEntry {
  readonly at: number;
  readonly what: string;
  readonly by?: string;
  readonly details?: Readonly<Record<string, string | number>>;
}

/** Credentials and consumers as the last scan knew them. */
export interface Inventory {
  /** Milliseconds since the epoch; 0 where no scan has run. */
  readonly at: number;
  readonly credentials: readonly KnownCredential[];
  readonly consumers: readonly Consumer[];
}

/** What people are shown of one rotation: everything the message is rendered from. */
export interface RotationView {
  readonly rotation: Rotation;
  readonly consumers: readonly ConsumerRecord[];
  /** Hosts; absent where the rotation has none. */
  readonly instances?: readonly InstanceRecord[];
  readonly report?: CheckReport;
  readonly now: number;
}

/** The one writer of a rotation's message. Never throws over Slack's refusals: a rotation does not fail over a message. */
export interface Announcer {
  /**
   * Posts the message, or edits it where it has changed, at most once in 3 s unless `final`. Answers where the message
   * now is (another place where Slack no longer lets it be edited); undefined where it should have arrived and did not.
   */
  show(
    view: RotationView,
    options?: { readonly final?: boolean },
  ): Promise<{ readonly channel: string; readonly ts: string } | undefined>;
  /** A new reply in the thread, which notifies: a failure, a pause, a reminder, the end. Once per `name` and rotation. */
  reply(view: RotationView, kind: ReplyKind, name: string): Promise<void>;
}

export type ReplyKind =
  | 'failure'
  | 'paused'
  | 'reminder'
  | 'went-back'
  | 'ended'
  | 'asked-again'
  | 'emergency';

/** Durable executions, as the slack function and the keeper start and ring them. */
export interface Executions {
  /** Starts the workflow for this rotation's generation; a repeat is the same execution. */
  start(key: RotationKey, generation: number): Promise<void>;
  /** Whether the execution of this generation runs; `none` where it was never started, or is forgotten. */
  statusOf(key: RotationKey, generation: number): Promise<'running' | 'ended' | 'none'>;
  /** Rings a waiting execution. Harmless where nobody waits any more. */
  ring(callbackId: string): Promise<void>;
}
