import type { Answer } from './answer.ts';
import type { ServiceModel } from './models.ts';
import { AwsFault, type WireObject } from './operation.ts';
import { isRecord, withoutNulls } from './shapes.ts';

const contentType = 'application/x-amz-json-1.1';

/** Which operation `x-amz-target: Target.Operation` names. */
export function readTarget(header: string): { target: string; operation: string } {
  const dot = header.lastIndexOf('.');
  return { target: header.slice(0, Math.max(dot, 0)), operation: header.slice(dot + 1) };
}

/** A request's body as an object. @throws {AwsFault} SerializationException where it is none. */
export function readJson(body: string): WireObject {
  const input = withoutNulls(parse(body === '' ? '{}' : body));
  if (!isRecord(input)) throw new AwsFault('SerializationException', 'The body is not a JSON object');
  return input;
}

/** A successful answer of the awsJson1_1 protocol. */
export function jsonOutput(output: WireObject): Answer {
  return { status: 200, contentType, body: JSON.stringify(output) };
}

/** An error of the awsJson1_1 protocol: its name in `__type` and in `x-amzn-errortype`. */
export function jsonFault(model: ServiceModel | undefined, fault: AwsFault): Answer {
  const message = { [model?.messageMember ?? 'message']: fault.message };
  const body = JSON.stringify({ __type: fault.type, ...message, ...fault.members });
  return { status: fault.status, contentType, body, headers: { 'x-amzn-errortype': fault.type } };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The parser's own words quote the body, which may hold a credential.
    throw new AwsFault('SerializationException', 'The body is not valid JSON');
  }
}
