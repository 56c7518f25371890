import type { LoginPlan } from './plan.ts';

const allButMailer =
  'web api worker search checkout report-web billing preview ledger sidecar log-agent pinned-api nightly-report'.split(
    ' ',
  );

/**
 * The logins the sandbox's registries know. They guard nothing: the page shows them, so that a newcomer can type one.
 * Tests put a marker in their place.
 */
export function ghcrLogins(newToken = 'ghp_NewTokenForTheSandbox01'): LoginPlan[] {
  return [
    {
      id: 'acme-pull, token in use',
      name: 'acme-pull',
      password: 'ghp_OldTokenForTheSandbox01',
      rights: ['acme/*'],
    },
    { id: 'acme-pull, new token', name: 'acme-pull', password: newToken, rights: ['acme/*'] },
    {
      id: 'acme-pull, another new token',
      name: 'acme-pull',
      password: 'ghp_AnotherForTheSandbox01',
      rights: ['acme/*'],
    },
    {
      id: 'acme-pull, token without mailer',
      name: 'acme-pull',
      password: 'ghp_MayNotReadMailer0001',
      rights: allButMailer.map((name) => `acme/${name}`),
    },
    { id: 'legacy-bot', name: 'legacy-bot', password: 'ghp_LegacyTokenSandbox01', rights: ['acme/*'] },
  ];
}

export const hubLogins: LoginPlan[] = [
  { id: 'acmehub, in use', name: 'acmehub', password: 'dckr_pat_OldSandbox01', rights: ['acme/*'] },
  { id: 'acmehub, new', name: 'acmehub', password: 'dckr_pat_NewSandbox01', rights: ['acme/*'] },
];
