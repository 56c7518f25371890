/** The one place that knows what the AWS SDK throws. Without SDK imports, so that every bundle can afford it. */
import { isRotateError, RotateError } from './errors.ts';

/** What is asked of AWS, as a person should read it when it fails. Never a credential's value. */
export interface AwsCallFacts {
  /** The IAM action, such as `secretsmanager:DescribeSecret`. */
  readonly action: string;
  /** ARN or name of what it is done to. */
  readonly resource: string;
  /** What people call it. */
  readonly name?: string;
  /** The request or the answer holds a credential's value: AWS's own words are then not kept, as they may quote it. */
  readonly carriesValue?: boolean;
}

/**
 * Awaits one SDK call.
 * @throws {RotateError} `aws-denied`, `aws-throttled`, `secret-missing` or `aws-failed`; the fact `problem` is the
 * AWS error's name. A RotateError thrown inside passes unchanged.
 */
export async function askAws<T>(facts: AwsCallFacts, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw isRotateError(error) ? error : wrapped(facts, error);
  }
}

/** The AWS error's name where `error` is a wrapped or a bare one, such as `ResourceNotFoundException`. */
export function awsProblem(error: unknown): string | undefined {
  if (isRotateError(error)) return error.facts.problem;
  return error instanceof Error ? nameOf(error) : undefined;
}

/** AWS's text of a wrapped error, for telling apart what shares a name; empty where it was not kept. */
export function awsText(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? cause.message : '';
}

function wrapped(facts: AwsCallFacts, error: unknown): RotateError {
  const { action, resource, name = resource } = facts;
  const problem = error instanceof Error ? nameOf(error) : 'unknown';
  const cause = facts.carriesValue ? withoutWords(error, problem) : error;
  return new RotateError(codeOf(action, problem), { action, resource, name, problem }, { cause });
}

const deniedNames = ['AccessDeniedException', 'AccessDenied', 'NotAuthorized', 'UnauthorizedOperation'];
// As the SDK's own list of throttling errors, of which only these occur in the services used here.
const throttleNames = [
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'ProvisionedThroughputExceededException',
];

function codeOf(action: string, problem: string): RotateError['code'] {
  if (deniedNames.includes(problem)) return 'aws-denied';
  if (throttleNames.includes(problem)) return 'aws-throttled';
  const missingSecret = action.startsWith('secretsmanager:') && problem === 'ResourceNotFoundException';
  return missingSecret ? 'secret-missing' : 'aws-failed';
}

/** A proxy's 502 with an HTML body reaches us as a SyntaxError without any AWS name. */
function nameOf(error: Error): string {
  if (error.name === 'SyntaxError') return 'UnreadableAnswer';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return error.name === 'Error' ? (code ?? 'Error') : error.name;
}

/** The SDK's error without message, response and stack: any of them may hold a piece of the value. */
function withoutWords(error: unknown, problem: string): Error {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined;
  const requestId = requestIdOf(metadata);
  const cause = new Error(requestId ? `${problem} (request ${requestId})` : problem);
  cause.name = problem;
  return cause;
}

function requestIdOf(metadata: unknown): string | undefined {
  const given = typeof metadata === 'object' && metadata !== null && 'requestId' in metadata;
  return given && typeof metadata.requestId === 'string' ? metadata.requestId : undefined;
}
