/** Every duration and limit of the ECS stand-in. Durations are milliseconds of the sandbox's clock. */
export interface EcsSettings {
  /** Time a task stands in PROVISIONING. */
  readonly provisioning: number;
  /** Time a task stands in PENDING before anything is read or pulled. */
  readonly pending: number;
  /** Time from the order to stop until STOPPED. */
  readonly stopping: number;
  /** A STOPPED task can be described this long. AWS: at least about an hour. */
  readonly stoppedKept: number;
  /** Time from a change until the service's scheduler acts on it. */
  readonly schedulerTick: number;
  /** A task without a load balancer counts as healthy once it has run this long. */
  readonly steadyAfter: number;
  /** Time until placement is tried again where no instance had room. */
  readonly placementRetry: number;
  /** Back-off between starts after three failures in a row: the first delay, and the most (AWS: 27 minutes). */
  readonly backoffFirst: number;
  readonly backoffMost: number;
  /** The agent's tries of `docker pull`: amazon-ecs-agent, dockerapi/docker_client.go. */
  readonly imagePull: RetryPlan;
  /** The agent's tries of the digest lookup, from the same file. */
  readonly manifestPull: RetryPlan;
  /** Fargate's tries where the answer may pass (429, 5xx, no connection); a refusal is not tried again. */
  readonly fargatePull: RetryPlan;
  /** The most items a page of any List operation holds; small ones bring paging faults out. */
  readonly maxPage: number;
  /** Wall milliseconds a registry may keep silent: the sockets are real, so this one is not on the clock. */
  readonly registryTimeout: number;
}

export interface RetryPlan {
  readonly tries: number;
  readonly firstDelay: number;
  readonly mostDelay: number;
  readonly multiplier: number;
  /** Share of a delay added at random. */
  readonly jitter: number;
}

/** Times of the order AWS has, so that a faster clock shortens all of them alike. */
export const defaultSettings: EcsSettings = {
  provisioning: 3_000,
  pending: 2_000,
  stopping: 5_000,
  stoppedKept: 3_600_000,
  schedulerTick: 1_000,
  steadyAfter: 40_000,
  placementRetry: 15_000,
  backoffFirst: 10_000,
  backoffMost: 1_620_000,
  imagePull: { tries: 5, firstDelay: 1_100, mostDelay: 5_000, multiplier: 2, jitter: 0.2 },
  manifestPull: { tries: 9, firstDelay: 10, mostDelay: 5_000, multiplier: 3, jitter: 0.2 },
  fargatePull: { tries: 5, firstDelay: 1_000, mostDelay: 5_000, multiplier: 2, jitter: 0.2 },
  maxPage: 100,
  registryTimeout: 15_000,
};
