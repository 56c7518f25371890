/** Things of one kind in order, and how many of them may be taken at a time. */
export interface Queue<T> {
  readonly items: readonly T[];
  /** 1 or more. */
  readonly size: number;
}

/** Takes from every queue at once, at most its size each, until all are empty. */
export function arrangeByShare<T>(queues: readonly Queue<T>[]): T[][] {
  const rounds: T[][] = [];
  for (let round = 0; ; round += 1) {
    const taken = queues.flatMap(({ items, size }) => items.slice(round * size, (round + 1) * size));
    if (taken.length === 0) return rounds;
    rounds.push(taken);
  }
}
