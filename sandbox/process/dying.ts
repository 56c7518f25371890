import type { Wrap } from '../../src/functions/wiring.ts';

/**
 * Cuts the process off at a named point: `<function>.<port>.<method>:<before|after>:<n>`, such as
 * `rotation.credentials.move:after:1`, is right after the workflow's first move of a label, before anything is written
 * of it. @throws Error for a name of another form
 */
export function dyingAt(name: string): Wrap {
  const [, place = '', method = '', when = '', nth = ''] =
    /^(\w+\.\w+)\.(\w+):(before|after):(\d+)$/.exec(name) ?? [];
  if (!place) throw new Error(`${name} names no point`);
  return (port, made) => (port === place ? cut(made, method, when === 'before', Number(nth)) : made);
}

function cut<Port extends object>(port: Port, method: string, isBefore: boolean, nth: number): Port {
  let calls = 0;
  return new Proxy(port, {
    get(target, property, receiver) {
      const member: unknown = Reflect.get(target, property, receiver);
      if (property !== method || typeof member !== 'function') return member;
      return async (...input: unknown[]) => {
        calls += 1;
        const isNow = calls === nth;
        if (isNow && isBefore) die();
        const answer: unknown = await member.apply(target, input);
        if (isNow && !isBefore) die();
        return answer;
      };
    },
  });
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
