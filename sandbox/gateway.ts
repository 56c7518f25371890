import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { AppRequest, AppResponse } from './slack/workspace.ts';

/** What a function behind an HTTP API answers. */
export interface GatewayResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request as API Gateway's HTTP API hands it to a function: payload format 2.0, form bodies base64. */
export function gatewayEvent({ path, headers, body }: AppRequest): APIGatewayProxyEventV2 {
  const at = new Date();
  return {
    version: '2.0',
    routeKey: 'POST /slack/events',
    rawPath: path,
    rawQueryString: '',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    isBase64Encoded: true,
    body: Buffer.from(body).toString('base64'),
    requestContext: {
      accountId: '111122223333',
      apiId: 'sandbox',
      domainName: 'sandbox.execute-api.eu-west-1.amazonaws.com',
      domainPrefix: 'sandbox',
      http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'Slackbot 1.0' },
      requestId: String(at.getTime()),
      routeKey: 'POST /slack/events',
      stage: '$default',
      time: at.toISOString(),
      timeEpoch: at.getTime(),
    },
  };
}

/** The answer as Slack gets it. */
export function responseOf({ statusCode, headers = {}, body = '' }: GatewayResult): AppResponse {
  return { status: statusCode, headers: { ...headers }, body };
}
