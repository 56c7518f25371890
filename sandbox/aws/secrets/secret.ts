/** What one version holds: a text or bytes, never both. */
export interface SecretContent {
  readonly text?: string;
  /** Bytes as base64, as they come on the wire. */
  readonly binary?: string;
}

export interface SecretVersion {
  readonly id: string;
  readonly content: SecretContent;
  /** The staging labels; a version without any is deprecated. */
  readonly labels: Set<string>;
  /** Milliseconds of the sandbox's clock. */
  readonly createdAt: number;
}

/** A copy of the secret in another region. `status` as in DescribeSecret's ReplicationStatus. */
export interface SecretReplica {
  readonly region: string;
  readonly status: 'InSync' | 'InProgress' | 'Failed';
}

export interface Secret {
  readonly arn: string;
  readonly name: string;
  description?: string;
  kmsKeyId?: string;
  resourcePolicy?: string;
  readonly tags: Map<string, string>;
  /** In the order they were made. */
  readonly versions: Map<string, SecretVersion>;
  readonly createdAt: number;
  changedAt: number;
  /** When it is gone for good; set while it is marked for deletion. */
  deletesAt?: number;
  /** Set where another AWS service manages it and refuses hand-made changes. */
  owningService?: string;
  rotationEnabled?: boolean;
  /** Set where replicas exist; another region than the stand-in's makes this one the replica. */
  primaryRegion?: string;
  replicas: readonly SecretReplica[];
  /** Every version that has had AWSCURRENT, oldest first, for reads that lag behind a move. */
  readonly currentMoves: { at: number; versionId: string }[];
}

/** Whether two contents are byte for byte the same. */
export function isSameContent(one: SecretContent, other: SecretContent): boolean {
  return one.text === other.text && one.binary === other.binary;
}

/** A point in time as the awsJson1_1 protocol writes it: seconds since the epoch. */
export const wireTime = (ms: number): number => ms / 1000;
