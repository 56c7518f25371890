import { type EvaluationResult, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { GetResourcePolicyCommand } from '@aws-sdk/client-secrets-manager';
import type { Aws } from '../aws.ts';
import { askAws, awsProblem } from '../aws-errors.ts';
import { isRotateError } from '../errors.ts';
import { targetOfArn } from './secret-names.ts';

const READ = 'secretsmanager:GetSecretValue';

/**
 * Whether an execution role may read a secret, by IAM's own simulation. Undefined where it cannot be told: the right to
 * simulate is missing, a condition needs a value only the real call has, or a policy on the secret may allow it after
 * all. A role that does not exist may not.
 */
export async function roleMayRead(
  aws: Aws,
  target: string,
  role: string,
  secret: string,
): Promise<boolean | undefined> {
  const result = await simulate(aws, target, role, secret);
  if (result === 'no-such-role') return false;
  if (result?.EvalDecision === 'allowed') return true;
  if (result === undefined || (result.MissingContextValues?.length ?? 0) > 0) return undefined;
  if (result.EvalDecision === 'explicitDeny') return false;
  return (await hasOwnPolicy(aws, target, secret)) === false ? false : undefined;
}

async function simulate(
  aws: Aws,
  target: string,
  role: string,
  secret: string,
): Promise<EvaluationResult | 'no-such-role' | undefined> {
  const facts = { action: 'iam:SimulatePrincipalPolicy', resource: role };
  const command = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: role,
    ActionNames: [READ],
    ResourceArns: [secret],
  });
  try {
    const { EvaluationResults = [] } = await askAws(facts, () => aws.iam(target).send(command));
    return EvaluationResults[0];
  } catch (error) {
    if (['NoSuchEntityException', 'NoSuchEntity'].includes(awsProblem(error) ?? '')) return 'no-such-role';
    if (isRotateError(error, 'aws-denied') || awsProblem(error)?.startsWith('InvalidInput')) return undefined;
    throw error;
  }
}

/** Whether the secret has a resource policy; undefined where that may not be asked. */
async function hasOwnPolicy(aws: Aws, target: string, secret: string): Promise<boolean | undefined> {
  const facts = { action: 'secretsmanager:GetResourcePolicy', resource: secret };
  const client = aws.secrets(targetOfArn(aws, secret) ?? target);
  try {
    const command = new GetResourcePolicyCommand({ SecretId: secret });
    const { ResourcePolicy } = await askAws(facts, () => client.send(command));
    return ResourcePolicy !== undefined;
  } catch (error) {
    if (isRotateError(error, 'aws-denied', 'secret-missing')) return undefined;
    throw error;
  }
}
