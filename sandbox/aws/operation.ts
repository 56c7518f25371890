/** What the AWS stand-in's server and its services agree on. */

/** One AWS JSON operation: input as it came on the wire (epoch seconds for times), output as it goes out. */
export type Operation = (input: WireObject) => WireObject | Promise<WireObject>;

export type WireObject = Record<string, unknown>;

/** One service of the stand-in, registered with the server under its `x-amz-target` prefix. */
export interface AwsService {
  /** The part of `x-amz-target` before the dot, such as `AmazonEC2ContainerServiceV20141113`. */
  readonly target: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** An error as AWS answers it. `type` is the exception's name, `status` the HTTP status. */
export class AwsFault extends Error {
  readonly type: string;
  readonly status: number;
  /** Further members of the error's body, in the operation's wire form. */
  readonly members: WireObject;

  constructor(type: string, message: string, status = 400, members: WireObject = {}) {
    super(message);
    this.name = 'AwsFault';
    this.type = type;
    this.status = status;
    this.members = members;
  }
}

/** One request the stand-in answered, kept for call counts and for the marker test. */
export interface AwsCall {
  /** Milliseconds of the sandbox's clock. */
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  readonly input: WireObject;
  readonly userAgent: string;
  readonly status: number;
  /** The error's name, where the answer was one. */
  readonly fault?: string;
}

/** Secrets Manager as the ECS side sees it: what a task's execution role reads when it pulls. */
export interface SecretReader {
  /**
   * The value with the AWSCURRENT label at this moment, by name or ARN (full or partial).
   * @throws {AwsFault} as GetSecretValue would.
   */
  readCurrent(secretId: string): string;
}

/** Where a registry host really listens in the sandbox, as a base URL; undefined where there is none. */
export type RegistryLocator = (host: string) => string | undefined;
