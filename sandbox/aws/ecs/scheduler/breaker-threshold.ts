/** Half the desired count, rounded up, at least 3 and at most 200 (ECS guide, deployment-circuit-breaker). */
export const breakerThreshold = (desiredCount: number): number =>
  Math.min(200, Math.max(3, Math.ceil(desiredCount / 2)));
