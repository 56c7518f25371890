/** What uses a credential: services, and task definitions that start by schedule or by hand. */

/** One private image of a consumer and the credential its container names. */
export interface PrivateImage {
  readonly container: string;
  /** As the task definition names it. */
  readonly image: string;
  /** `id` of the credential (full ARN). */
  readonly credentialId: string;
  /** Digest of the image as running now, where a task shows one. */
  readonly runningDigest?: string;
}

interface ConsumerBase {
  /** Unique in a rotation: `<target>/<cluster>/<service>` or `<target>//<family>`. */
  readonly id: string;
  readonly target: string;
  /** The stage of the target, such as `production` or `staging`. */
  readonly stage: string;
  readonly name: string;
  readonly taskDefinition: string;
  readonly executionRoleArn?: string;
  readonly images: readonly PrivateImage[];
}

export interface ServiceConsumer extends ConsumerBase {
  readonly kind: 'service';
  readonly arn: string;
  readonly clusterArn: string;
  readonly cluster: string;
  readonly launchType: 'FARGATE' | 'EC2' | 'EXTERNAL';
  readonly scheduling: 'REPLICA' | 'DAEMON';
  readonly controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  /** `ROLLING`, or one of blue/green and its kin, which are never forced. */
  readonly strategy: string;
  readonly desired: number;
  readonly running: number;
  /** Whether a deployment was in progress at the scan. */
  readonly midDeployment: boolean;
  /** Whether a task of it shows credential trouble, or fewer run than desired. */
  readonly failingNow: boolean;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
}

/** A task definition that uses the credential and belongs to no service: its next start will prove it. */
export interface TaskDefinitionConsumer extends ConsumerBase {
  readonly kind: 'task-definition';
}

export type Consumer = ServiceConsumer | TaskDefinitionConsumer;

/** Why a consumer is not restarted by the rotation. */
export type LeftOutBecause =
  | 'code-deploy'
  | 'external'
  | 'blue-green'
  | 'desired-zero'
  | 'moved-tag'
  /** Neither login may read an image of it: its new tasks could not start. */
  | 'unreadable'
  | 'next-start'
  | 'not-failing'
  | 'not-asked'
  | 'by-hand';

/** What the plan says of a consumer. Group 0 is the first service alone; groups follow one another. */
export type Planned =
  /** `halve`: it could not roll otherwise, and may run at half of its tasks while it restarts. */
  | { readonly action: 'restart'; readonly group: number; readonly halve?: true }
  | { readonly action: 'leave-out'; readonly because: LeftOutBecause };

/** One table item a consumer: facts of the scan, the plan, and how far it has come. */
export interface ConsumerRecord {
  readonly consumer: Consumer;
  readonly planned: Planned;
  readonly progress: Progress;
  readonly verdict: Verdict;
  /** The service's own deployment configuration as JSON, while ours stands in its place. */
  readonly borrowed?: string;
}

/** Progress of a restarted service. Counts are tasks. */
export type Progress =
  | { readonly is: 'not-started' }
  /** Someone's own deployment is running; it is waited for and counts. */
  | { readonly is: 'waiting-for-colleague'; readonly deploymentId: string; readonly since: number }
  | {
      readonly is: 'restarting';
      readonly deploymentId: string;
      /** When it was created, by AWS's clock: tasks younger than this are evidence. */
      readonly since: number;
      /** From when its time limit counts, where that is later: it stood still for a while. */
      readonly limitFrom?: number;
      /** It was found and followed, and may be somebody else's: it is not disturbed on the way back. */
      readonly adopted?: true;
      readonly running: number;
      readonly desired: number;
    }
  | {
      readonly is: 'steady';
      readonly deploymentId: string;
      readonly running: number;
      readonly desired: number;
      /** Present where ECS rolled our deployment back. */
      readonly rolledBack?: true;
    };

export type UnprovenBecause =
  | 'pinned-may-be-cached'
  | 'registry-not-asked'
  | 'no-tasks'
  | 'never-placed'
  | 'next-start'
  | 'freshness';

/** What was seen of one task that could not pull. */
export interface PullTrouble {
  /** The last part of the task's ARN. */
  readonly taskId: string;
  readonly container: string;
  readonly image: string;
  /** A class of `diagnosePullFailure`. */
  readonly cause: string;
  /** AWS's text as it came, at most 1,024 characters. */
  readonly reason: string;
  /** EC2 instance id, where the task had one. */
  readonly host?: string;
  /** Milliseconds since the epoch at which the task was created. */
  readonly at: number;
}

/** What the evidence says of one consumer (docs/architecture.md, Evidence). */
export type Verdict =
  | {
      readonly is: 'pulled';
      readonly provedBy: number;
      readonly tasks: number;
      /** EC2 instance ids of the hosts on which a task proved it, where it runs on hosts. */
      readonly hosts?: readonly string[];
    }
  | { readonly is: 'stale'; readonly trouble: PullTrouble; readonly tasks: number }
  | { readonly is: 'denied'; readonly trouble: PullTrouble; readonly tasks: number }
  | { readonly is: 'failed'; readonly trouble: PullTrouble; readonly tasks: number }
  /** It pulled, and then stopped by itself: no fault of the login. */
  | { readonly is: 'crashed'; readonly taskId: string; readonly reason: string; readonly exitCode?: number }
  | { readonly is: 'unproven'; readonly because: UnprovenBecause };
