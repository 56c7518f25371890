import type { Clock } from '../../src/clock.ts';
import { createEcs, type Ecs } from './ecs/ecs.ts';
import { createIam } from './iam/iam.ts';
import type { RegistryLocator } from './operation.ts';
import { createSecrets } from './secrets/secrets.ts';
import { type AwsServer, startAwsServer } from './server.ts';

export type Iam = ReturnType<typeof createIam>;
export type Secrets = ReturnType<typeof createSecrets>;

export interface TargetWorldOptions {
  readonly clock: Clock;
  readonly registry: RegistryLocator;
  readonly account: string;
  readonly region: string;
  readonly port?: number;
}

/** One account and region of the stand-in: ECS, Secrets Manager and IAM behind one endpoint. */
export interface TargetWorld {
  readonly ecs: Ecs;
  readonly secrets: Secrets;
  readonly iam: Iam;
  readonly server: AwsServer;
  close(): Promise<void>;
}

/** Starts it empty, on 127.0.0.1. Tasks read secrets as their execution role, which IAM's table may deny. */
export async function startTargetWorld(options: TargetWorldOptions): Promise<TargetWorld> {
  const { clock, account, region, registry } = options;
  const iam = createIam({ secretArn: (id) => secrets.arnOf(id) });
  const secrets: Secrets = createSecrets({ clock, account, region, permissions: iam.permissions });
  const mayRead = (role: string, action: string, resource: string) =>
    iam.permissions.decide(role, action, resource) === 'allowed';
  const ecs = createEcs({
    clock,
    account,
    region,
    registry,
    secrets: secrets.reader,
    secretAccess(role, secretId) {
      const secret = secrets.arnOf(secretId) ?? secretId;
      if (!mayRead(role, 'secretsmanager:GetSecretValue', secret)) return 'denied';
      return mayRead(role, 'kms:Decrypt', secret) ? 'allowed' : 'kms';
    },
  });
  const server = await startAwsServer({
    clock,
    services: [ecs.service, secrets.service, iam.service],
    authorize: iam.authorize,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  return {
    ecs,
    secrets,
    iam,
    server,
    async close() {
      ecs.close();
      await server.close();
    },
  };
}
