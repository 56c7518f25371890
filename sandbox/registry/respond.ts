import type { IncomingMessage } from 'node:http';
import type { Admit } from './access.ts';
import { type Answer, apiPresent, errorAnswer, noSuchPage, tooManyRequests } from './answers.ts';
import { answerBlob, answerManifest, answerTags } from './content.ts';
import type { Knobs } from './knobs.ts';
import { type Asked, readPath } from './paths.ts';
import type { PullCounter } from './pull-limit.ts';
import type { Repositories } from './repositories.ts';
import type { TokenService } from './tokens.ts';

export interface RespondWorld {
  readonly repositories: Repositories;
  readonly admit: Admit;
  /** Undefined where this registry has no realm of its own. */
  readonly tokens: TokenService | undefined;
  readonly pulls: PullCounter;
  readonly knobs: () => Knobs;
}

/** The answer to a request, and who asked, as far as known. */
export interface Response {
  readonly answer: Answer;
  readonly user: string | null;
}

/** In docker-registry's order: the route first, then the right, then the content. */
export function respond(world: RespondWorld, request: IncomingMessage): Response {
  if (!request.url?.startsWith('/')) return nobody(noSuchPage);
  const url = new URL(`http://registry${request.url}`);
  const asked = readPath(url.pathname);
  if (world.knobs().throttled) return nobody(tooManyRequests('too many requests', 30_000));
  switch (asked.what) {
    case 'home':
      return nobody({ status: 200, headers: { 'Cache-Control': 'no-cache' }, body: '' });
    case 'nothing':
      return nobody(noSuchPage);
    case 'moved':
      return nobody(movedTo(asked.to));
    case 'token':
      return nobody(giveToken(world, request, url));
    case 'api':
    case 'manifest':
    case 'blob':
    case 'tags':
      return respondToAsker(world, request, asked);
    default:
      return asked satisfies never;
  }
}

type Guarded = Extract<Asked, { what: 'api' | 'manifest' | 'blob' | 'tags' }>;

function respondToAsker(world: RespondWorld, request: IncomingMessage, asked: Guarded): Response {
  const repository = asked.what === 'api' ? null : asked.repository;
  const admission = world.admit(request.headers.authorization, repository);
  if (!admission.admitted) return nobody(admission.answer);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const answer = reads ? contentOf(world, request, asked, admission.user) : writeRefused;
  return { answer, user: admission.user };
}

function contentOf(
  world: RespondWorld,
  request: IncomingMessage,
  asked: Guarded,
  user: string | null,
): Answer {
  switch (asked.what) {
    case 'api':
      return apiPresent;
    case 'tags':
      return answerTags(world.repositories, asked.repository);
    case 'blob':
      return answerBlob(world.repositories, asked.repository, asked.reference);
    case 'manifest': {
      const { accept = '', 'if-none-match': ifNoneMatch } = request.headers;
      const counted = request.method === 'GET';
      return answerManifest(world.repositories, { ...asked, accept, ifNoneMatch }, () =>
        world.pulls.count(user ?? 'anonymous', counted, world.knobs().pullLimit),
      );
    }
    default:
      return asked satisfies never;
  }
}

/** Images come from the registry's own `publish`; nothing is pushed over HTTP. */
const writeRefused = errorAnswer(405, { code: 'UNSUPPORTED', message: 'The operation is unsupported.' });

function giveToken(world: RespondWorld, request: IncomingMessage, url: URL): Answer {
  if (!world.tokens) return noSuchPage;
  const { authorization } = request.headers;
  const scopes = url.searchParams.getAll('scope').flatMap((scope) => scope.split(' '));
  return world.tokens.answer({ method: request.method ?? 'GET', authorization, scopes });
}

/** Go's redirect, body included for a path that is a directory. */
function movedTo(to: string): Answer {
  if (to !== '/v2/') return { status: 301, headers: { Location: to }, body: '' };
  const headers = { 'Content-Type': 'text/html; charset=utf-8', Location: to };
  return { status: 301, headers, body: '<a href="/v2/">Moved Permanently</a>.\n\n' };
}

function nobody(answer: Answer): Response {
  return { answer, user: null };
}
