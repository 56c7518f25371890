import { RotateError } from '../../errors.ts';
import { mapAtOnce, portionsOf } from '../at-once.ts';

/** Everything a List operation has. */
export async function everyPage<T>(
  read: (nextToken: string | undefined) => Promise<{ items: T[] | undefined; next: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  let next: string | undefined;
  do {
    const page = await read(next);
    all.push(...(page.items ?? []));
    next = page.next;
  } while (next);
  return all;
}

/** Calls in flight at once; the pace bounds them over time. */
const AT_ONCE = 8;

/** What a Describe operation answers, with the failures that it puts into a 200. */
export interface Described<T> {
  readonly found: T[] | undefined;
  readonly failures: readonly { readonly arn?: string; readonly reason?: string }[] | undefined;
}

/**
 * Describes any number, `most` a call. What is MISSING has gone between two calls and is left out.
 * @throws {RotateError} `aws-failed` for any other failure
 */
export async function describeEach<T>(
  action: string,
  most: number,
  arns: readonly string[],
  describe: (arns: string[]) => Promise<Described<T>>,
): Promise<T[]> {
  const answers = await mapAtOnce(AT_ONCE, portionsOf(most, arns), async (portion) => {
    const { found = [], failures = [] } = await describe(portion);
    refuse(action, failures);
    return found;
  });
  return answers.flat();
}

function refuse(action: string, failures: NonNullable<Described<unknown>['failures']>): void {
  const failed = failures.find(({ reason }) => reason !== 'MISSING');
  if (!failed) return;
  const { arn = '', reason = 'no reason given' } = failed;
  throw new RotateError('aws-failed', { action, resource: arn, name: arn, problem: reason });
}
