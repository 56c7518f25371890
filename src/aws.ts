import { ECSClient } from '@aws-sdk/client-ecs';
import { IAMClient } from '@aws-sdk/client-iam';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Target } from './config.ts';
import { RotateError } from './errors.ts';

/** Every AWS call of the product goes through a target (account and region): its clients, made when first asked for. */
export interface Aws {
  readonly targets: readonly Target[];
  /** @throws {RotateError} `target-unknown` */
  target(id: string): Target;
  ecs(target: string): ECSClient;
  /** Never tries a call twice: for UpdateService, which has no token and would force a second deployment. */
  ecsOnce(target: string): ECSClient;
  secrets(target: string): SecretsManagerClient;
  iam(target: string): IAMClient;
}

export interface AwsOptions {
  readonly targets: readonly Target[];
  /** For targets that name none of their own: the sandbox's stand-in. */
  readonly endpoint?: string;
  /** Attempts a call, the first included. */
  readonly maxAttempts?: number;
  /** Instead of the SDK's own chain. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The clients of every target. Nothing is shared between two objects this returns. */
export function createAws(options: AwsOptions): Aws {
  const target = (id: string): Target => {
    const found = options.targets.find((candidate) => candidate.id === id);
    if (!found) throw new RotateError('target-unknown', { target: id });
    return found;
  };
  const perTarget = <Client>(create: (settings: ClientSettings) => Client) => {
    const made = new Map<string, Client>();
    return (id: string): Client => {
      const client = made.get(id) ?? create(settingsOf(options, target(id)));
      made.set(id, client);
      return client;
    };
  };
  return {
    targets: options.targets,
    target,
    ecs: perTarget((settings) => new ECSClient(settings)),
    ecsOnce: perTarget((settings) => new ECSClient({ ...settings, maxAttempts: 1 })),
    secrets: perTarget((settings) => new SecretsManagerClient(settings)),
    iam: perTarget((settings) => new IAMClient(settings)),
  };
}

/**
 * Bounded attempts and times: a step of the workflow has its own retry above this. `standard`, not `adaptive`: the
 * estate keeps to the API's pace itself, on the product's clock, while adaptive would wait on the machine's.
 */
function settingsOf(options: AwsOptions, target: Target) {
  const endpoint = target.endpoint ?? options.endpoint;
  return {
    region: target.region,
    maxAttempts: options.maxAttempts ?? 5,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
    ...(endpoint && { endpoint }),
    ...(options.credentials && { credentials: options.credentials }),
  };
}

type ClientSettings = ReturnType<typeof settingsOf>;
