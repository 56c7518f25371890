import {
  basicChallenge,
  found,
  type Handler,
  pullFrom,
  type Reply,
  undecided,
  unexpected,
} from './hand-made.ts';

describe('a Basic registry', () => {
  const basicWorld =
    (presence: Reply, manifest: Reply, anonymousPresence: Reply = basicChallenge): Handler =>
    (what, request) => {
      if (!request.headers.authorization) return what.endsWith('/v2/') ? anonymousPresence : basicChallenge;
      return what.endsWith('/v2/') ? presence : manifest;
    };

  it.each<[string, Handler, object]>([
    ['refuses the login', basicWorld(basicChallenge, found), { result: 'login-refused' }],
    ['knows the login but not for this image', basicWorld({}, basicChallenge), { result: 'not-permitted' }],
    [
      'lets anybody in but not to this image',
      basicWorld({}, basicChallenge, {}),
      { result: 'login-refused' },
    ],
    ['forbids the image', basicWorld({}, { status: 403 }), { result: 'not-permitted' }],
    ['has nothing at /v2/', basicWorld({ status: 404 }, found), { result: 'readable' }],
    ['has a spent quota', basicWorld({ status: 429 }, found), undecided('rate-limited')],
    ['is broken', basicWorld({ status: 502 }, found), undecided('server-error')],
    ['breaks at the image', basicWorld({}, { status: 502 }), undecided('server-error')],
  ])('%s', async (_what, handler, outcome) => {
    expect((await pullFrom(handler)).answer).toMatchObject(outcome);
  });
});

describe('a registry that hides private images from nobody', () => {
  const hiding =
    (status: number, presence: Reply): Handler =>
    (what, request) => {
      if (request.headers.authorization) return what.endsWith('/v2/') ? {} : found;
      return what.endsWith('/v2/') ? presence : { status };
    };

  it.each([403, 404])('by %i is asked at /v2/ how to log in', async (status) => {
    expect((await pullFrom(hiding(status, basicChallenge))).answer).toMatchObject({ result: 'readable' });
    expect((await pullFrom(hiding(status, basicChallenge), { as: null })).answer).toEqual({
      result: status === 403 ? 'not-permitted' : 'not-found',
    });
  });

  it('and asks for no login there is taken at its word', async () => {
    expect((await pullFrom(hiding(404, {}))).answer).toEqual({ result: 'not-found' });
    expect((await pullFrom(hiding(404, { cut: true }))).answer).toEqual({ result: 'not-found' });
  });

  it('by 401 without a way to log in leaves the login undecided', async () => {
    expect((await pullFrom(() => ({ status: 401 }))).answer).toEqual(unexpected('no-challenge'));
    expect((await pullFrom(() => ({ status: 401 }), { as: null })).answer).toEqual({
      result: 'not-permitted',
    });
  });
});
