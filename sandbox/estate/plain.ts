import { ghcrLogins } from './logins.ts';
import type { ContainerPlan, EstatePlan, ServicePlan } from './plan.ts';

/** One private container named like its service, with this secret. */
export function containerOf(name: string, secret: string, tag = '1.4'): ContainerPlan {
  return { name, image: `ghcr.io/acme/${name}:${tag}`, secret };
}

/** A service of one container on a cluster. */
export function serviceOf(
  name: string,
  cluster: string,
  desired: number,
  more: Partial<ServicePlan> & { secret?: string } = {},
): ServicePlan {
  const { secret = 'prod/ghcr-pull', ...rest } = more;
  return { name, cluster, desired, containers: [containerOf(name, secret)], ...rest };
}

export interface PlainOptions {
  /** Value of the new token, for the marker test. */
  readonly newToken?: string;
  /** Services beside the usual ones. */
  readonly more?: readonly ServicePlan[];
}

/** Two secrets with one login, in two targets; five services on Fargate and EC2, all of which can be proved. */
export function plainEstate(options: PlainOptions = {}): EstatePlan {
  return {
    registries: [{ host: 'ghcr.io', auth: 'bearer', manner: 'ghcr', logins: ghcrLogins(options.newToken) }],
    targets: [
      {
        id: 'prod',
        region: 'eu-west-1',
        stage: 'production',
        clusters: [{ name: 'prod-web' }, { name: 'prod-core', instances: 2 }],
        secrets: [
          {
            name: 'prod/ghcr-pull',
            login: 'acme-pull, token in use',
            extra: { owner: 'platform', expiresAt: '2026-11-30' },
          },
        ],
        services: [
          serviceOf('mailer', 'prod-web', 1),
          serviceOf('api', 'prod-web', 3),
          serviceOf('web', 'prod-web', 4),
          serviceOf('worker', 'prod-core', 2),
          ...(options.more ?? []),
        ],
      },
      {
        id: 'staging',
        region: 'eu-central-1',
        stage: 'staging',
        clusters: [{ name: 'staging' }],
        secrets: [{ name: 'staging/ghcr-pull', login: 'acme-pull, token in use' }],
        services: [
          {
            name: 'web-staging',
            cluster: 'staging',
            desired: 1,
            containers: [{ name: 'web', image: 'ghcr.io/acme/web:1.4', secret: 'staging/ghcr-pull' }],
          },
        ],
      },
    ],
  };
}
