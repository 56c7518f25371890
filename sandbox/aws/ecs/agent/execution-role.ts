import { AwsFault } from '../../operation.ts';
import type { Login } from '../pull/token.ts';

/** What IAM says to an execution role that reads a secret: allowed, no right to it, or none to its KMS key. */
export type SecretAccess = (roleArn: string, secretId: string) => 'allowed' | 'denied' | 'kms';

/** Secrets Manager; one that is told the role may have a say of its own. Throws AwsFault as GetSecretValue would. */
export interface RoleSecretReader {
  readCurrent(secretId: string, roleArn?: string): string;
}

/** Why a login could not be had from Secrets Manager, before any puller words it. */
export type SecretProblem =
  | { readonly kind: 'no-role' }
  | { readonly kind: 'denied'; readonly fault: AwsFault }
  | { readonly kind: 'kms'; readonly fault: AwsFault }
  | { readonly kind: 'fault'; readonly fault: AwsFault }
  | { readonly kind: 'empty' }
  | { readonly kind: 'schema' }
  | { readonly kind: 'field'; readonly field: 'username' | 'password' };

export type ReadLogin = { readonly login: Login } | { readonly problem: SecretProblem };

/** How a puller reads keys: the EC2 agent's Go decoder takes any case, Fargate's is taken to be exact. */
export type KeyCase = 'any' | 'exact';

export interface ExecutionRole {
  /** The login of a secret with AWSCURRENT at this moment, read as the task's execution role. */
  readLogin(roleArn: string | undefined, secretId: string, taskId: string, keys: KeyCase): ReadLogin;
}

/** Reads through `secrets`, after IAM's word in `access`. */
export function createExecutionRole(secrets: RoleSecretReader, access: SecretAccess): ExecutionRole {
  return {
    readLogin(roleArn, secretId, taskId, keys) {
      if (roleArn === undefined) return { problem: { kind: 'no-role' } };
      const decision = access(roleArn, secretId);
      if (decision === 'denied')
        return { problem: { kind: 'denied', fault: notAuthorized(roleArn, secretId, taskId) } };
      if (decision === 'kms') return { problem: { kind: 'kms', fault: noKms() } };
      try {
        return readValue(secrets.readCurrent(secretId, roleArn), keys);
      } catch (error) {
        if (error instanceof AwsFault) return { problem: { kind: kindOf(error), fault: error } };
        throw error;
      }
    },
  };
}

function kindOf({ type, message }: AwsFault): 'denied' | 'kms' | 'fault' {
  if (type !== 'AccessDeniedException') return 'fault';
  return message.includes('KMS') ? 'kms' : 'denied';
}

function notAuthorized(roleArn: string, secretId: string, taskId: string): AwsFault {
  const [account] = /\d{12}/.exec(roleArn) ?? ['123456789012'];
  const user = `arn:aws:sts::${account}:assumed-role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}/${taskId}`;
  return new AwsFault(
    'AccessDeniedException',
    `User: ${user} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${secretId} because no identity-based policy allows the secretsmanager:GetSecretValue action`,
  );
}

const noKms = (): AwsFault => new AwsFault('AccessDeniedException', 'Access to KMS is not allowed');

/** amazon-ecs-agent, asm.go: two strings that are not empty; any other key is ignored. */
function readValue(value: string, keys: KeyCase): ReadLogin {
  if (value === '') return { problem: { kind: 'empty' } };
  const parsed = parseObject(value);
  if (parsed === undefined) return { problem: { kind: 'schema' } };
  const username = readKey(parsed, 'username', keys);
  const password = readKey(parsed, 'password', keys);
  if (!isOptionalText(username) || !isOptionalText(password)) return { problem: { kind: 'schema' } };
  if (!username) return { problem: { kind: 'field', field: 'username' } };
  if (!password) return { problem: { kind: 'field', field: 'password' } };
  return { login: { username, password } };
}

function parseObject(value: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    // An object's members are looked up by name only, each checked before use.
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function readKey(object: Record<string, unknown>, key: string, keys: KeyCase): unknown {
  if (keys === 'exact') return object[key];
  return Object.entries(object).findLast(([name]) => name.toLowerCase() === key)?.[1];
}

const isOptionalText = (value: unknown): value is string | undefined | null =>
  value === undefined || value === null || typeof value === 'string';
