import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { askAws } from '../../aws-errors.ts';
import { RotateError } from '../../errors.ts';

/** One secret, and the client of the target it lives in. */
export interface Secret {
  readonly client: SecretsManagerClient;
  readonly region: string;
  readonly arn: string;
  /** What people call it. */
  readonly name: string;
}

export const CURRENT = 'AWSCURRENT';
/** Our own labels. A leftover AWSPENDING would make AWS's own rotation refuse to start. */
export const PENDING = 'ecs-rotate-pending';
export const BASE = 'ecs-rotate-base';

/**
 * One call about the secret.
 * @throws {RotateError} as `askAws`, and more exactly `secret-empty`, `secret-version-missing`, `secret-token-used`.
 */
export function askSecret<T>(
  { arn, name }: Secret,
  operation: string,
  call: () => Promise<T>,
  options: { readonly carriesValue?: boolean } = {},
): Promise<T> {
  const facts = { action: `secretsmanager:${operation}`, resource: arn, name, ...options };
  return askAws(facts, async () => {
    try {
      return await call();
    } catch (error) {
      throw recognised(error, arn, name) ?? error;
    }
  });
}

/** What shares an error's name and is told apart by AWS's text. None of these texts quotes a value. */
function recognised(error: unknown, arn: string, name: string): RotateError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name: problem, message } = error;
  if (problem === 'ResourceExistsException') return new RotateError('secret-token-used', { name });
  if (problem === 'AccessDeniedException' && message.includes('KMS')) {
    return new RotateError('aws-denied', {
      action: 'kms:Decrypt',
      resource: `the key of ${arn}`,
      name,
      problem,
    });
  }
  if (problem !== 'ResourceNotFoundException') return undefined;
  if (message.includes('staging label')) return new RotateError('secret-empty', { name });
  const [, version] = /for VersionId: (\S+)/.exec(message) ?? [];
  return version === undefined ? undefined : new RotateError('secret-version-missing', { name, version });
}
