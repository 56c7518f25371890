import { ECSClient } from '@aws-sdk/client-ecs';
import { IAMClient } from '@aws-sdk/client-iam';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** The real SDK clients against a stand-in, without retries unless a test wants them. */
export function sdkClients(url: string, { accessKeyId = 'AKIDTEST', maxAttempts = 1 } = {}) {
  const config = {
    endpoint: url,
    region: 'eu-west-1',
    credentials: { accessKeyId, secretAccessKey: 'of-no-use' },
    maxAttempts,
  };
  return {
    ecs: new ECSClient(config),
    iam: new IAMClient(config),
    secrets: new SecretsManagerClient(config),
  };
}

/** What a call failed with. Throws where it succeeded. */
export async function failureOf(call: Promise<unknown>): Promise<Error> {
  return call.then(
    () => {
      throw new Error('It succeeded');
    },
    (error: Error) => error,
  );
}
