import type { Log } from '../log.ts';
import { checkRequest, type GatewayRequest } from './request-check.ts';

/** An answer as API Gateway's HTTP API takes it. */
export interface GatewayAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What stands behind the door: it gets requests that Slack has signed, with a plain body and clean headers. */
export type Room = (event: object) => Promise<GatewayAnswer>;

/**
 * Lets in what Slack signed and answers everything else 4xx: nothing that a stranger sends may become an error of the
 * function, or anybody could ring its alarm. Never throws.
 */
export function createFrontDoor(
  room: Room,
  tools: { readonly signingSecret: () => Promise<string>; readonly wallNow: () => number; readonly log: Log },
): (event: GatewayRequest) => Promise<GatewayAnswer> {
  return async (event) => {
    try {
      const checked = checkRequest(event, await tools.signingSecret(), tools.wallNow());
      if ('refused' in checked) return refuse(checked.refused);
      const { headers, body } = checked;
      return await room({
        ...event,
        headers: without(headers, 'content-length'),
        body,
        isBase64Encoded: false,
      });
    } catch (error) {
      tools.log.error('A request could not be handled', { error });
      return refuse(500);
    }
  };
}

function refuse(statusCode: number): GatewayAnswer {
  return { statusCode, headers: { 'content-type': 'text/plain' }, body: '' };
}

/** The length told is of the body as it came, which may have been base64. */
function without(headers: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}
