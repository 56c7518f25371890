import { randomBytes } from 'node:crypto';
import { isRotateError, RotateError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Action, Verbs } from '../rotation/workflow.ts';

/**
 * Errors of steps stand in the execution's history in clear, for weeks. Ours name facts only; of any other, whose text
 * may quote what was sent, the history gets a reference and the log gets the stack.
 */
export function guard(verbs: Verbs, log: Log): Verbs {
  const guarded =
    <Input extends unknown[], Answer>(name: string, verb: (...input: Input) => Promise<Answer>) =>
    async (...input: Input): Promise<Answer> => {
      try {
        return await verb(...input);
      } catch (error) {
        throw referable(error, name, log);
      }
    };
  const act = Object.entries(verbs.act).map(([name, verb]) => [name, guarded(name, verb)]);
  return {
    // Every key of `act` is kept, which Object.fromEntries cannot say.
    act: Object.fromEntries(act) as Record<Action, (typeof verbs.act)[Action]>,
    listen: guarded('listen', verbs.listen),
    stumble: guarded('stumble', verbs.stumble),
    handOver: guarded('hand over', verbs.handOver),
  };
}

/** An error that may be shown. A new one refers to the log by eight characters. */
export function referable(error: unknown, where: string, log: Log): RotateError {
  const reference = randomBytes(4).toString('hex');
  log.error('A step failed', { where, reference, error });
  if (isRotateError(error)) return error;
  return new RotateError('unexpected', { reference });
}
