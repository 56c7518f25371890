import { ghcrLogins, hubLogins } from './logins.ts';
import { serviceOf } from './plain.ts';
import type { EstatePlan, TargetPlan } from './plan.ts';

/** What `npm start` shows: an estate with the usual and the unusual, as a platform team has it. */
export function showcaseEstate(): EstatePlan {
  return {
    registries: [
      { host: 'ghcr.io', auth: 'bearer', manner: 'ghcr', logins: ghcrLogins(), open: ['acme/status-page'] },
      { host: 'docker.io', auth: 'bearer', logins: hubLogins },
    ],
    targets: [production, staging],
    movedTags: ['ghcr.io/acme/report-web:1.4'],
  };
}

const production: TargetPlan = {
  id: 'prod',
  region: 'eu-west-1',
  stage: 'production',
  clusters: [{ name: 'prod-web' }, { name: 'prod-core', instances: 3 }],
  secrets: [
    {
      name: 'prod/ghcr-pull',
      login: 'acme-pull, token in use',
      extra: { owner: 'platform', expiresAt: '2026-11-30' },
    },
    { name: 'prod/hub-pull', login: 'acmehub, in use' },
    { name: 'prod/ghcr-legacy', login: 'legacy-bot' },
  ],
  services: [
    serviceOf('mailer', 'prod-web', 1),
    serviceOf('api', 'prod-web', 3),
    serviceOf('web', 'prod-web', 4),
    serviceOf('search', 'prod-web', 2),
    serviceOf('checkout', 'prod-web', 2, { breaker: true }),
    serviceOf('report-web', 'prod-web', 1),
    serviceOf('billing', 'prod-web', 2, { controller: 'CODE_DEPLOY' }),
    serviceOf('preview', 'prod-web', 0),
    serviceOf('worker', 'prod-core', 2),
    serviceOf('ledger', 'prod-core', 2, {
      containers: [
        { name: 'ledger', image: 'ghcr.io/acme/ledger:7', secret: 'prod/ghcr-pull' },
        { name: 'sidecar', image: 'ghcr.io/acme/sidecar:2', secret: 'prod/ghcr-pull' },
      ],
    }),
    serviceOf('log-agent', 'prod-core', 0, { daemon: true }),
    serviceOf('pinned-api', 'prod-core', 1, {
      containers: [
        { name: 'pinned-api', image: 'ghcr.io/acme/pinned-api:3@running', secret: 'prod/ghcr-pull' },
      ],
    }),
    serviceOf('importer', 'prod-core', 1, { secret: 'prod/ghcr-legacy' }),
    serviceOf('cache', 'prod-core', 2, {
      containers: [{ name: 'cache', image: 'docker.io/acme/cache:6', secret: 'prod/hub-pull' }],
    }),
    serviceOf('status-page', 'prod-web', 1),
  ],
  scheduled: [
    {
      name: 'nightly-report',
      containers: [{ name: 'report', image: 'ghcr.io/acme/nightly-report:1', secret: 'prod/ghcr-pull' }],
    },
  ],
};

const staging: TargetPlan = {
  id: 'staging',
  region: 'eu-central-1',
  stage: 'staging',
  clusters: [{ name: 'staging' }],
  secrets: [{ name: 'staging/ghcr-pull', login: 'acme-pull, token in use' }],
  services: ['web', 'api', 'mailer'].map((name) => ({
    name: `${name}-staging`,
    cluster: 'staging',
    desired: 1,
    containers: [{ name, image: `ghcr.io/acme/${name}:1.4`, secret: 'staging/ghcr-pull' }],
  })),
};
