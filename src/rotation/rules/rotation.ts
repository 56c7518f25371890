import type { PullTrouble } from './consumer.ts';
import type { RotatedCredential } from './credential.ts';
import type { Mishap } from './instance.ts';

/** Names a rotation: at most one is open per registry host, and its record is the lock of that host. */
export interface RotationKey {
  /** Registry host, `docker.io` for the Hub. */
  readonly registry: string;
  /** Short, such as `7K2M9`; unique per registry. */
  readonly id: string;
}

export type Why = 'planned' | 'expired' | 'leaked' | 'other';
/** `all` services, only what `failing` now, or `none`. */
export type Redeploy = 'all' | 'failing' | 'none';
/** Typed `here`, `stored` beforehand under our label, or `in-use` already and only to be proved. */
export type Entry = 'here' | 'stored' | 'in-use';

/** What was asked. Times are milliseconds since the epoch, people are Slack user ids. */
export interface Ask {
  readonly by: string;
  /** Who supplied the value, where an earlier request did and its stored value is asked for again. */
  readonly suppliedBy?: string;
  readonly at: number;
  readonly channel: string;
  readonly why: Why;
  readonly note?: string;
  readonly redeploy: Redeploy;
  readonly entry: Entry;
  readonly userName: string;
  /** Services that could not roll otherwise may run at half while they restart. */
  readonly halve?: true;
}

export interface Approval {
  readonly by: string;
  readonly at: number;
  /** Present where it was started without approval: the reason given. */
  readonly emergency?: string;
}

/** Why a rotation stands still. */
export type PauseCause =
  /** The login was refused and going back is impossible or not wanted. */
  | 'login'
  | 'not-the-login'
  | 'limit'
  /** ECS rolled the deployment back, and no task says why. */
  | 'rolled-back-by-ecs'
  | 'stopped'
  | 'changed-by-someone'
  | 'unexpected'
  /** The execution was lost after the login in use had changed. */
  | 'execution-lost'
  /** A host did not come back with its login. */
  | 'instance';

/** What went wrong, as told in the failure reply. */
export interface Trouble {
  readonly cause: PauseCause;
  /** `id` of the consumer, where one is concerned. */
  readonly consumerId?: string;
  readonly pull?: PullTrouble;
  /** The host concerned, what was done with its file, and why by a word of the host's. */
  readonly instance?: {
    readonly id: string;
    readonly name: string;
    readonly is: Mishap;
    readonly why: string;
  };
  /** Exit code or other text for what is no pull failure. */
  readonly detail?: string;
  /** Reference of an unexpected error in the log. */
  readonly reference?: string;
  readonly at: number;
  /** What our own attempt with the new login said of the image, where one was made. */
  readonly ownAttempt?: 'readable' | 'login-refused' | 'not-permitted' | 'not-found' | 'undecided';
}

export type PausedChoice = 'try-again' | 'go-back' | 'leave' | 'leave-out';

export type Outcome = 'done' | 'finished' | 'refused' | 'rolled-back' | 'cancelled' | 'expired';

/** Why nothing was changed, or what ended it. */
export type ClosedBecause =
  | 'proved'
  | 'left-as-it-is'
  | 'denied'
  | 'cancelled'
  | 'expired'
  | 'replaced'
  | 'changed-by-someone'
  | 'went-back'
  | 'asked-too-often'
  | 'never-stored'
  /** The execution was lost before anything had changed. */
  | 'lost';

/** A consumer not proven at the end, or a host without the new login. */
export interface Left {
  /** `id` of the consumer or the host. */
  readonly consumerId: string;
  readonly name: string;
  readonly because: string;
}

/** A group is restarted, then watched. */
export type RolloutStep = 'restart' | 'watch';
/** The login moves back, the hosts get it, services restart, and are watched. */
export type WayBackStep = 'move' | 'fleet' | RolloutStep;

/** Where changing the hosts stands. */
export interface FleetPosition {
  readonly wave: number;
  /** Number of waves; at `wave` = `waves` it looks for hosts that joined meanwhile. */
  readonly waves: number;
  /** The services have restarted already: only hosts that joined since are concerned. */
  readonly rolled?: true;
}

/**
 * Where a rotation stands. Phases follow one another:
 * staging → checking → (cannot-start | waiting) → approved → changing → fleet → rolling → (paused | going-back) → closed.
 */
export type RotationState =
  /** The value is being stored. A staging record past its lease blocks nobody. */
  | { readonly phase: 'staging'; readonly leaseUntil: number }
  /** `round` counts how often approval will have been asked for; 1 the first time. */
  | { readonly phase: 'checking'; readonly since: number; readonly round: number }
  | {
      readonly phase: 'cannot-start';
      readonly expiresAt: number;
      readonly callbackId?: string;
      readonly remindAt: number;
    }
  | {
      readonly phase: 'waiting';
      readonly fingerprint: string;
      readonly expiresAt: number;
      /** Approvals needed. */
      readonly needed: number;
      /** How often this rotation has asked for approval, this time included. */
      readonly round: number;
      readonly callbackId?: string;
      readonly remindAt: number;
      /** From when a start without approval is offered; absent where it is not. */
      readonly emergencyFrom?: number;
    }
  | { readonly phase: 'approved'; readonly fingerprint: string; readonly round: number }
  | { readonly phase: 'changing' }
  /** Hosts get the new login, wave by wave; only with credentials of kind `agent`. */
  | ({
      readonly phase: 'fleet';
      readonly since: number;
      readonly stop?: { readonly by: string; readonly at: number };
    } & FleetPosition)
  | {
      readonly phase: 'rolling';
      readonly group: number;
      /** Number of groups; the first service is group 0. */
      readonly groups: number;
      readonly step: RolloutStep;
      /** A deployment created at or after this counts as ours or better; an older one is forced anew. */
      readonly since: number;
      readonly stop?: { readonly by: string; readonly at: number };
    }
  | {
      readonly phase: 'paused';
      readonly canGoBack: boolean;
      readonly since: number;
      readonly group: number;
      readonly groups: number;
      readonly callbackId?: string;
      readonly remindAt: number;
      readonly choice?: { readonly does: PausedChoice; readonly by: string; readonly at: number };
      /** How far going back had come, where it stands still on the way back: trying again goes on there. */
      readonly goingBack?: WayBackStep;
      /** How far the hosts had come, where it stands still among them. */
      readonly fleet?: FleetPosition;
    }
  | {
      readonly phase: 'going-back';
      readonly step: WayBackStep;
      readonly since: number;
      readonly by?: string;
    }
  | {
      readonly phase: 'closed';
      readonly outcome: Outcome;
      readonly because: ClosedBecause;
      readonly by?: string;
      readonly note?: string;
      readonly at: number;
      readonly left: readonly Left[];
    };

export type Phase = RotationState['phase'];

/** The record of one rotation: one table item, changed only by conditional writes on `rev`. */
export interface Rotation extends RotationKey {
  /** Form of this record. Open executions keep their code version for days; a reader refuses an unknown number. */
  readonly schema: 1;
  readonly rev: number;
  readonly ask: Ask;
  readonly credentials: readonly RotatedCredential[];
  readonly state: RotationState;
  readonly approvals: readonly Approval[];
  /** When the checks last ran, and whether the login in use was accepted then. */
  readonly checkedAt?: number;
  readonly oldLoginWorks?: boolean;
  /** When AWSCURRENT had moved everywhere and had been read back, plus 30 s. Evidence is younger than this. */
  readonly settledAt?: number;
  readonly startedAt?: number;
  readonly trouble?: Trouble;
  /** The one message in the channel. */
  readonly message?: { readonly channel: string; readonly ts: string };
  /** Counts the durable executions that have driven it; the running one's name is made from it. */
  readonly generation: number;
  /** The rotation this one replaced. */
  readonly follows?: string;
  /** After the end: our labels and settings are taken back and people were told. */
  readonly tidied?: true;
  /** An emergency start an approver has not yet reviewed. */
  readonly unreviewed?: boolean;
}

/** A rotation in one phase. */
export type In<P extends Phase> = Rotation & { readonly state: Extract<RotationState, { phase: P }> };
