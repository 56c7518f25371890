import { randomUUID } from 'node:crypto';
import type { AwsFault } from '../../operation.ts';
import type { SecretProblem } from './execution-role.ts';

/** Exceptions Secrets Manager's model names; Go's SDK writes `api error` before any other. */
const MODELLED = new Set([
  'ResourceNotFoundException',
  'InvalidParameterException',
  'InvalidRequestException',
  'DecryptionFailure',
  'InternalServiceError',
]);

/**
 * A secret that could not be had, as the EC2 agent puts it in `stoppedReason`: no ResourceInitializationError
 * before it, and the task stops though its image may be cached (amazon-ecs-agent, asm.go and asmauth.go).
 */
export function inAgentWords(problem: SecretProblem, secretId: string): string {
  switch (problem.kind) {
    case 'no-role':
      return 'asm resource: unable to find execution role credentials';
    case 'denied':
    case 'kms':
    case 'fault':
      return `asm fetching secret from the service for ${secretId}: ${operationError(problem.fault)}`;
    case 'empty':
      return 'asm fetching authorization data: empty secrets value';
    case 'schema':
      return 'asm fetching authorization data: unable to unmarshal secret value, invalid schema';
    case 'field':
      return `asm fetching ${problem.field}: AuthorizationData is malformed, empty field`;
    default:
      return problem satisfies never;
  }
}

/** The same as Fargate puts it in `stoppedReason`. The text for a malformed value is assumed, not recorded. */
export function inFargateWords(problem: SecretProblem, secretId: string): string {
  const start =
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: ';
  const retried = `${start}service call has been retried 1 time(s): `;
  const failed = `${retried}failed to fetch secret ${secretId} from secrets manager: `;
  switch (problem.kind) {
    case 'no-role':
      return `${start}unable to find execution role credentials`;
    case 'denied':
      return `${failed}${operationError(problem.fault)}`;
    case 'kms':
      return `${failed}${printed(problem.fault)} status code: 400, request id: ${randomUUID()}`;
    case 'fault':
      return `${failed}${printed(problem.fault)}`;
    case 'empty':
    case 'schema':
      return `${retried}retrieved secret from Secrets Manager did not contain json key username`;
    case 'field':
      return `${retried}retrieved secret from Secrets Manager did not contain json key ${problem.field}`;
    default:
      return problem satisfies never;
  }
}

const printed = ({ type, message }: AwsFault): string => `${type}: ${message}`;

function operationError(fault: AwsFault): string {
  const kind = MODELLED.has(fault.type) ? '' : 'api error ';
  return `operation error Secrets Manager: GetSecretValue, https response error StatusCode: ${fault.status}, RequestID: ${randomUUID()}, ${kind}${printed(fault)}`;
}
