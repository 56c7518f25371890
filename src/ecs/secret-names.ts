import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { Aws } from '../aws.ts';
import { askAws } from '../aws-errors.ts';
import { isRotateError } from '../errors.ts';

/** The full ARN a `credentialsParameter` stands for. */
export type SecretNames = (parameter: string) => Promise<string>;

/**
 * Names, partial and full ARNs are the same secret only to Secrets Manager, so each is asked for once in the life of
 * this object (a scan: a secret made anew under its old name gets a new ARN). What does not exist, or may not be
 * looked at, keeps its text: the consumer is still to be seen.
 */
export function createSecretNames(aws: Aws, target: string): SecretNames {
  const asked = new Map<string, Promise<string>>();
  return (parameter) => {
    const answer = asked.get(parameter) ?? fullArn(aws, target, parameter);
    asked.set(parameter, answer);
    return answer;
  };
}

/** The target an ARN's account and region belong to; undefined where none is configured for them. */
export function targetOfArn(aws: Aws, arn: string): string | undefined {
  const [, , , region, account] = arn.split(':');
  return aws.targets.find((target) => target.region === region && target.account === account)?.id;
}

async function fullArn(aws: Aws, target: string, parameter: string): Promise<string> {
  const home = parameter.startsWith('arn:') ? targetOfArn(aws, parameter) : target;
  if (home === undefined) return parameter;
  const facts = { action: 'secretsmanager:DescribeSecret', resource: parameter };
  try {
    const command = new DescribeSecretCommand({ SecretId: parameter });
    const { ARN = parameter } = await askAws(facts, () => aws.secrets(home).send(command));
    return ARN;
  } catch (error) {
    if (isRotateError(error, 'secret-missing', 'aws-denied')) return parameter;
    // A parameter that is no possible name at all.
    const isRefused = isRotateError(error, 'aws-failed') && error.facts.problem === 'ValidationException';
    if (isRefused) return parameter;
    throw error;
  }
}
