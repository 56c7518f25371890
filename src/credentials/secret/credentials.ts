import type { Aws } from '../../aws.ts';
import type { Clock } from '../../clock.ts';
import type { Credentials } from '../../rotation/ports.ts';
import type { CredentialRef } from '../../rotation/rules/credential.ts';
import { readCondition } from './condition.ts';
import { moveCurrent, removeOwnLabels } from './labels.ts';
import type { Secret } from './secret.ts';
import { readLoginOf, stageLogin } from './value.ts';

export interface SecretCredentialsOptions {
  readonly aws: Aws;
  readonly clock: Clock;
  /** Told of a key such as `Username`, which Fargate does not read. Gets names only. */
  readonly onOddKey?: (secret: string, key: string) => void;
}

/** Logins in Secrets Manager, as `repositoryCredentials` of task definitions name them. */
export function createSecretCredentials(options: SecretCredentialsOptions): Credentials {
  const { aws, clock, onOddKey = () => {} } = options;
  const secretOf = (credential: CredentialRef): Secret => ({
    client: aws.secrets(credential.target),
    region: aws.target(credential.target).region,
    arn: credential.id,
    name: nameIn(credential.id),
  });
  return {
    condition: async (credential) => readCondition(secretOf(credential)),
    stage: async (credential, login, token) => stageLogin(secretOf(credential), login, token),
    readLogin: async (credential, versionId) => readLoginOf(secretOf(credential), versionId, onOddKey),
    move: async (credential, from, to) => moveCurrent(secretOf(credential), clock, { from, to }),
    removeLabels: async (credential, labels) => removeOwnLabels(secretOf(credential), credential, labels),
  };
}

/** The name within a full ARN, whose last hyphen and six characters are AWS's own. */
function nameIn(arn: string): string {
  const [, name = arn] = /:secret:(.+?)(?:-[A-Za-z0-9]{6})?$/.exec(arn) ?? [];
  return name;
}
