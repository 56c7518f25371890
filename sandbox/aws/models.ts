import * as ecs from '@aws-sdk/client-ecs';
import * as iam from '@aws-sdk/client-iam';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as ssm from '@aws-sdk/client-ssm';
import { NormalizedSchema } from '@smithy/core/schema';

/** What the SDK itself says about one service: written by AWS, so the stand-in is held to something outside. */
export interface ServiceModel {
  /** The name kept with recorded calls, as in an IAM action: `ecs`, `secretsmanager`, `ssm`, `iam`. */
  readonly name: string;
  /** The part of `x-amz-target` before the dot; for the query protocol the name. */
  readonly target: string;
  readonly protocol: 'json' | 'query';
  /** The API's version, which routes the query protocol. */
  readonly version: string;
  /** Under which name the service puts an error's text. */
  readonly messageMember: 'message' | 'Message';
  /** Everything the client's package exports: schemas end in `$`. */
  readonly exports: Readonly<Record<string, unknown>>;
}

/** The services the stand-in can play, all on one port. */
export const serviceModels: readonly ServiceModel[] = [
  {
    name: 'ecs',
    target: 'AmazonEC2ContainerServiceV20141113',
    protocol: 'json',
    version: '2014-11-13',
    messageMember: 'message',
    exports: ecs,
  },
  {
    name: 'secretsmanager',
    target: 'secretsmanager',
    protocol: 'json',
    version: '2017-10-17',
    messageMember: 'Message',
    exports: secretsManager,
  },
  {
    name: 'ssm',
    target: 'AmazonSSM',
    protocol: 'json',
    version: '2014-11-06',
    messageMember: 'Message',
    exports: ssm,
  },
  {
    name: 'iam',
    target: 'iam',
    protocol: 'query',
    version: '2010-05-08',
    messageMember: 'Message',
    exports: iam,
  },
];

/** The model behind a target. Throws where the stand-in knows no schemas for it. */
export function modelOf(target: string): ServiceModel {
  const model = serviceModels.find((candidate) => candidate.target === target);
  if (!model) throw new Error(`No SDK client is known for the target ${target}; add it to serviceModels`);
  return model;
}

/** The schemas of an operation's input and output; undefined where the SDK has no such operation. */
export function operationSchemas(
  model: ServiceModel,
  operation: string,
): { input: NormalizedSchema; output: NormalizedSchema } | undefined {
  const schema = model.exports[`${operation}$`];
  if (!isOperationSchema(schema)) return undefined;
  return { input: NormalizedSchema.of(schema[4]), output: NormalizedSchema.of(schema[5]) };
}

/** The schema of a modelled error; undefined for those the SDK does not know by class (throttling, for one). */
export function errorSchema(model: ServiceModel, type: string): NormalizedSchema | undefined {
  const schema = model.exports[`${type}$`];
  return isErrorSchema(schema) ? NormalizedSchema.of(schema) : undefined;
}

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];
type OperationTuple = readonly [9, string, string, unknown, SchemaRef, SchemaRef];

// The SDK's static schemas are tuples whose first entry is their kind: 9 an operation, -3 an error.
const isOperationSchema = (schema: unknown): schema is OperationTuple =>
  Array.isArray(schema) && schema[0] === 9;

const isErrorSchema = (schema: unknown): schema is SchemaRef => Array.isArray(schema) && schema[0] === -3;
