import { readJson, readTarget } from './json-protocol.ts';
import { operationSchemas, type ServiceModel, serviceModels } from './models.ts';
import { AwsFault, type WireObject } from './operation.ts';
import { readForm, readQuery } from './query-protocol.ts';

/** One request as it came. */
export interface AwsRequest {
  readonly requestId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Which operation of which service a request asks for, and with what. */
export interface Route {
  /** Undefined where the stand-in knows no such service. */
  readonly model: ServiceModel | undefined;
  readonly operation: string;
  readonly input: WireObject;
  /** Set where the input could not be read; `input` then holds the body as it came. */
  readonly unreadable?: AwsFault;
}

/** Reads a request of either protocol. Never throws: what is wrong stands in the route. */
export function routeRequest(request: AwsRequest): Route {
  const target = request.headers['x-amz-target'];
  const type = request.headers['content-type'] ?? '';
  const isForm = target === undefined && type.startsWith('application/x-www-form-urlencoded');
  return isForm ? routeForm(request) : routeJson(request);
}

/** The access key id that signed the request, from the SigV4 header; empty where there is none. */
export function callerOf(request: AwsRequest): string {
  return /Credential=([^/,\s]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

function routeJson(request: AwsRequest): Route {
  const { target, operation } = readTarget(request.headers['x-amz-target'] ?? '');
  const model = serviceModels.find((one) => one.protocol === 'json' && one.target === target);
  return { model, operation, ...readInput(request.body, () => readJson(request.body)) };
}

function routeForm(request: AwsRequest): Route {
  const { operation, version, form } = readForm(request.body);
  const model = serviceModels.find((one) => one.protocol === 'query' && one.version === version);
  const schema = model && operationSchemas(model, operation)?.input;
  const input = schema ? readQuery(schema, form) : Object.fromEntries(form);
  return { model, operation, input };
}

function readInput(body: string, read: () => WireObject): Pick<Route, 'input' | 'unreadable'> {
  try {
    return { input: read() };
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    return { input: { unreadable: body }, unreadable: error };
  }
}
