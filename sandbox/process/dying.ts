import type { StoryDeps } from '../../src/rotation/story-deps.ts';

/**
 * Cuts the process off at a named point of the story: `<port>.<method>:<before|after>:<n>`, such as
 * `credentials.move:after:1`, is right after the first move of a label and before anything is written of it.
 * @throws Error for a name of another form
 */
export function dyingAt(name: string): (deps: StoryDeps) => StoryDeps {
  const [, port = '', method = '', when = '', nth = ''] =
    /^(\w+)\.(\w+):(before|after):(\d+)$/.exec(name) ?? [];
  if (!port) throw new Error(`${name} names no point`);
  return (deps) => ({ ...deps, [port]: cut(portOf(deps, port), method, when === 'before', Number(nth)) });
}

function portOf(deps: StoryDeps, name: string): object {
  const port = Object.entries(deps).find(([known]) => known === name)?.[1];
  if (typeof port !== 'object') throw new Error(`the story has no port ${name}`);
  return port;
}

function cut(port: object, method: string, isBefore: boolean, nth: number): object {
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
