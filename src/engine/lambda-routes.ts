import type { IncomingMessage, ServerResponse } from 'node:http';
import { getExecution, listExecutions, readError, stopExecution } from './execution-routes.ts';
import { LambdaFault } from './fault.ts';
import { type Answer, faultAnswer, type LambdaRequest, readRequest, sendAnswer } from './http-answer.ts';
import { type InvokeOptions, invoke } from './invoke-route.ts';

export type { PlainFunction } from './invoke-route.ts';

/**
 * Lambda's REST routes that the product uses, as a listener for node:http: a real LambdaClient with this server as
 * its endpoint invokes plain and durable functions, completes callbacks and reads, lists and stops executions.
 * Signatures are not checked: listen on 127.0.0.1 only.
 */
export function createLambdaRoutes(
  options: InvokeOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (incoming, response) => {
    readRequest(incoming)
      .then((request) => route(options, request))
      .catch((error: unknown) => {
        if (!(error instanceof LambdaFault)) options.onError?.(incoming.url ?? '', error);
        return faultAnswer(error);
      })
      .then((answer) => sendAnswer(response, answer))
      .catch(() => response.destroy());
  };
}

async function route(options: InvokeOptions, request: LambdaRequest): Promise<Answer> {
  const { engine } = options;
  const [version, kind, id = '', action = '', ...rest] = request.path;
  switch (rest.length > 0 ? '' : `${request.method} ${version}/${kind}/*/${action}`) {
    case 'POST 2015-03-31/functions/*/invocations':
      return invoke(options, request, id);
    case 'GET 2025-12-01/functions/*/durable-executions':
      return listExecutions(engine, id, request.query);
    case 'GET 2025-12-01/durable-executions/*/':
      return getExecution(engine, id, request.query);
    case 'POST 2025-12-01/durable-executions/*/stop':
      return stopExecution(engine, id, request);
    case 'POST 2025-12-01/durable-execution-callbacks/*/succeed':
      engine.succeedCallback(id, request.body || undefined);
      return { status: 200, body: {} };
    case 'POST 2025-12-01/durable-execution-callbacks/*/fail':
      engine.failCallback(id, readError(request));
      return { status: 200, body: {} };
    case 'POST 2025-12-01/durable-execution-callbacks/*/heartbeat':
      engine.heartbeatCallback(id);
      return { status: 200, body: {} };
    default: {
      const path = `/${request.path.join('/')}`;
      throw new LambdaFault('ResourceNotFoundException', `No route ${request.method} ${path}.`, 404);
    }
  }
}
