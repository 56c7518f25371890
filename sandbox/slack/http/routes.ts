/** The stand-in's routes: Slack's own for the app, the page's for a person. */
import type { PageExtras } from '../page-extras.ts';
import { answerResponseUrl } from '../response-url.ts';
import { callMethod } from '../web-api/call.ts';
import type { Workspace } from '../workspace.ts';
import { type HttpAnswer, type HttpRequest, jsonAnswer, textAnswer } from './exchange.ts';
import { runPageAction } from './page-actions.ts';
import { servePageFile } from './page-files.ts';
import { takeSnapshot } from './snapshot.ts';

export interface Site {
  readonly workspace: Workspace;
  readonly extras: PageExtras;
  /** Where the page's files are. */
  readonly pageDirectory: string;
}

/** Answers a request of the app or of the page. */
export async function route(site: Site, request: HttpRequest): Promise<HttpAnswer> {
  const { path } = request;
  if (path.startsWith('/api/')) return routeApi(site.workspace, request);
  if (path.startsWith('/response/')) {
    const answer = await answerResponseUrl(site.workspace, path.slice('/response/'.length), request.body);
    return textAnswer(answer.status, answer.body);
  }
  if (path.startsWith('/_sandbox/')) return routePage(site, request, path.slice('/_sandbox/'.length));
  return (await servePageFile(site.pageDirectory, path)) ?? textAnswer(404, 'not found');
}

async function routeApi(workspace: Workspace, request: HttpRequest): Promise<HttpAnswer> {
  const answer = await callMethod(workspace, {
    method: request.path.slice('/api/'.length),
    contentType: request.headers['content-type'] ?? '',
    authorization: request.headers.authorization ?? '',
    body: request.method === 'GET' ? request.query.toString() : request.body,
  });
  return jsonAnswer(answer.body, answer.status, answer.headers);
}

async function routePage(
  { workspace, extras }: Site,
  request: HttpRequest,
  name: string,
): Promise<HttpAnswer> {
  const answer =
    request.method === 'POST' ? await runPageAction(workspace, extras, name, request.body) : undefined;
  if (answer) return answer;
  switch (name) {
    case 'state': {
      const snapshot = takeSnapshot(
        workspace,
        request.query.get('user') ?? workspace.directory.people[0]?.id ?? '',
      );
      return snapshot ? jsonAnswer(snapshot) : textAnswer(404, 'no such person');
    }
    case 'extras':
      return jsonAnswer(showExtras(extras));
    case 'status':
      return jsonAnswer((await extras.status?.()) ?? { services: [] });
    default:
      return textAnswer(404, 'not found');
  }
}

function showExtras({ help = [], knobs = [], commands = [], status }: PageExtras) {
  return {
    help: typeof help === 'function' ? help() : help,
    commands,
    knobs: typeof knobs === 'function' ? knobs() : knobs,
    hasStatus: status !== undefined,
  };
}
