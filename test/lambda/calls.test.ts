import { inspect } from 'node:util';
import { isRotateError } from '../../src/errors.ts';
import { createChecker } from '../../src/lambda/checker.ts';
import { createDesk } from '../../src/lambda/desk.ts';
import { createStoring } from '../../src/lambda/storing.ts';
import type { StoreRequest } from '../../src/rotation/requests.ts';
import { type Functions, startFunctions } from './start-functions.ts';

let functions: Functions | undefined;
const start = async (plain: Parameters<typeof startFunctions>[0]) => {
  functions = await startFunctions(plain);
  return functions.client;
};
afterEach(() => functions?.close());

const key = { registry: 'ghcr.io', id: '7K2M9' };
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the checker', () => {
  test('asks, and hands the answer back', async () => {
    const asked: unknown[] = [];
    const answers = [
      { stopped: false, more: false, oldLoginWorks: true },
      { more: true },
      [{ image: 'ghcr.io/a/b:1', answer: 'readable' }],
      { credentials: 2, consumers: 5 },
    ];
    const client = await start({ check: async (event) => answers[asked.push(event) - 1] });
    const checker = createChecker(client, 'check');
    expect(await checker.check(key)).toEqual(answers[0]);
    expect(await checker.replan({ ...key, more: 'not sent' } as typeof key)).toEqual(answers[1]);
    expect(await checker.attempt(key, 'staged', ['ghcr.io/a/b:1'])).toEqual(answers[2]);
    expect(await checker.scan()).toEqual(answers[3]);
    expect(asked).toEqual([
      { do: 'check', key },
      { do: 'replan', key },
      { do: 'attempt', key, which: 'staged', images: ['ghcr.io/a/b:1'] },
      { do: 'scan' },
    ]);
  });

  test('hands on what the function says went wrong', async () => {
    const client = await start({
      check: async () => {
        throw new Error('aws-denied: AWS does not let ecs-rotate use ecs:ListServices on main.');
      },
    });
    const error = await failure(createChecker(client, 'check').check(key));
    expect(isRotateError(error, 'function-failed') && error.says).toContain('ecs:ListServices on main');
  });

  test.each([
    ['another form', { halted: 1 }],
    ['nothing', undefined],
  ])('does not take %s for an answer', async (_, answer) => {
    const client = await start({ check: async () => answer });
    const error = await failure(createChecker(client, 'check').check(key));
    expect(isRotateError(error, 'function-answer-unreadable')).toBe(true);
  });
});

describe('storing', () => {
  const request: StoreRequest = {
    registry: 'ghcr.io',
    submission: 'V1',
    ask: {
      by: 'U1',
      at: 1,
      channel: 'C1',
      why: 'planned',
      redeploy: 'all',
      entry: 'here',
      userName: 'acme',
    },
    credentials: [{ kind: 'secret', target: 'prod', id: 'arn', name: 'a' }],
    password: 'secret-words',
    tryUntil: 5,
  };

  test('sends the request whole and answers what came of it', async () => {
    let heard: unknown;
    const client = await start({
      store: async (event) => {
        heard = event;
        return { result: 'stored', key };
      },
    });
    expect(await createStoring(client, 'store').store(request)).toEqual({ result: 'stored', key });
    expect(heard).toEqual(request);
  });

  test.each<[string, (event: unknown) => Promise<unknown>]>([
    [
      'throws a text that quotes its event',
      async (event) => Promise.reject(new Error(JSON.stringify(event))),
    ],
    ['answers with its event', async (event) => event],
  ])('shows no piece of the value where the function %s', async (_, store) => {
    const error = await failure(createStoring(await start({ store }), 'store').store(request));
    expect(isRotateError(error)).toBe(true);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret-words');
  });

  test.each([
    ['the function is gone', undefined],
    ['the answer is no JSON', 'body'],
    ['a proxy answers', 'html'],
  ])('shows no piece of the value where %s', async (_, how) => {
    const client = await start({});
    if (how) {
      client.middlewareStack.add(
        () => async () => {
          const text = how === 'html' ? '<html>secret-words</html>' : '"secret-words';
          throw Object.assign(new SyntaxError(`Unexpected token in ${text}`), { $response: { body: text } });
        },
        { step: 'deserialize', priority: 'low' },
      );
    }
    const error = await failure(createStoring(client, 'store').store(request));
    expect(isRotateError(error, 'aws-failed')).toBe(true);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret-words');
  });
});

test('the desk is handed its work and not waited for', async () => {
  let finish = () => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const heard: unknown[] = [];
  const client = await start({
    desk: async (event) => {
      heard.push(event);
      await work;
    },
  });
  const request = { do: 'fill-form', viewId: 'V1', hash: 'h', user: 'U1', channel: 'C1' } as const;
  await createDesk(client, 'desk').hand(request);
  expect(heard).toEqual([request]);
  finish();
});
