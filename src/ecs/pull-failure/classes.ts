/** Why a pull failed, as the reason text tells it; where a class has causes of its own, one follows a colon. */
export type PullFailureClass = (typeof pullFailureClasses)[number];

/** Every class. The first five are a registry that refused a pull; see `isPullDenied`. */
export const pullFailureClasses = [
  'credential_rejected',
  'credential_refused',
  'credential_missing',
  'not_permitted',
  'access_denied',
  'login_lockout',
  'secret_unreadable:iam',
  'secret_unreadable:kms',
  'secret_unreadable:role',
  'secret_unreadable:not_found',
  'secret_unreadable:malformed',
  'secret_unreadable:network',
  'secret_unreadable:unknown',
  'ecr_auth_unreadable:iam',
  'ecr_auth_unreadable:network',
  'ecr_auth_unreadable:unknown',
  'rate_limited',
  'local_image',
  'image_not_found',
  'platform_mismatch',
  'network',
  'tls',
  'timeout',
  'registry_error',
  'blob_store_denied',
  'disk',
  'unknown_pull',
] as const;

const denied: ReadonlySet<PullFailureClass> = new Set([
  'credential_rejected',
  'credential_refused',
  'credential_missing',
  'not_permitted',
  'access_denied',
]);

/** Whether the registry itself refused the pull: the login is wrong, absent or without the right. */
export function isPullDenied(cls: PullFailureClass): boolean {
  return denied.has(cls);
}

/** Whether the login, or the way it reaches the puller, is at fault. ECR's own login is outside a rotation. */
export function isCredentialTrouble(cls: PullFailureClass): boolean {
  return isPullDenied(cls) || cls === 'login_lockout' || cls.startsWith('secret_unreadable:');
}
