/** The lines a person pastes: JSON, Terraform, IAM. They name the secret and never hold a value. */
import type { SecretPlace } from './move-to-secrets.ts';

export interface SecretToMake {
  readonly name: string;
  /** What the secret must hold, with gaps for the person to fill. */
  readonly value: string;
  /** Undefined where the secret exists. The value comes from a file, so that no history keeps it. */
  readonly command?: string;
  /** Without the value: Terraform's state would keep it in clear. */
  readonly terraform: string;
}

export interface IamStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
}

export function makeSecret({ name, region, arn, kmsKeyArn }: SecretPlace): SecretToMake {
  const key = kmsKeyArn ? ` --kms-key-id ${kmsKeyArn}` : '';
  return {
    name,
    value: '{"username":"USER NAME","password":"TOKEN"}',
    ...(arn === undefined && {
      command: `aws secretsmanager create-secret --region ${region} --name ${name}${key} --secret-string file://login.json`,
    }),
    terraform: terraformSecret(name, arn, kmsKeyArn),
  };
}

/** What a container of a task definition gains. */
export function linesForContainer({ name, arn }: SecretPlace): {
  readonly json: string;
  readonly terraform: string;
} {
  return {
    json: `"repositoryCredentials": { "credentialsParameter": ${JSON.stringify(arn ?? name)} }`,
    terraform: `repositoryCredentials = { credentialsParameter = ${reference(name, arn)}.arn }`,
  };
}

/** What the execution role needs. Secrets Manager puts six characters of its own behind the name. */
export function grantFor({
  account,
  region,
  partition = 'aws',
  name,
  arn,
  kmsKeyArn,
}: SecretPlace): IamStatement[] {
  const secret = arn ?? `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-??????`;
  const allow = (action: string, resource: string): IamStatement => ({
    Effect: 'Allow',
    Action: [action],
    Resource: resource,
  });
  const read = allow('secretsmanager:GetSecretValue', secret);
  return kmsKeyArn ? [read, allow('kms:Decrypt', kmsKeyArn)] : [read];
}

/** A secret that exists is looked up, not made. */
function terraformSecret(name: string, arn: string | undefined, kmsKeyArn: string | undefined): string {
  const kind = arn === undefined ? 'resource' : 'data';
  const key = kmsKeyArn && arn === undefined ? `\n  kms_key_id = ${JSON.stringify(kmsKeyArn)}` : '';
  const settings =
    arn === undefined ? `name = ${JSON.stringify(name)}${key}` : `arn = ${JSON.stringify(arn)}`;
  return `${kind} "aws_secretsmanager_secret" "${label(name)}" {\n  ${settings}\n}`;
}

function reference(name: string, arn: string | undefined): string {
  return `${arn === undefined ? '' : 'data.'}aws_secretsmanager_secret.${label(name)}`;
}

/** A Terraform name has letters, digits, `_` and `-`, and begins with a letter. */
function label(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_-]/g, '_');
  return /^[A-Za-z]/.test(plain) ? plain : `login_${plain}`;
}
