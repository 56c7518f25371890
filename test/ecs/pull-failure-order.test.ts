import { diagnosePullFailure } from '../../src/ecs/pull-failure.ts';

/** One telling phrase a class, the strongest first: where two stand in one text, the upper one decides. */
const strongestFirst: readonly (readonly [string, string])[] = [
  ['login_lockout', 'too many failed login attempts'],
  ['rate_limited', 'toomanyrequests: slow down'],
  ['disk', 'no space left on device'],
  ['platform_mismatch', 'no matching manifest for linux/arm64'],
  ['tls', 'x509: certificate signed by unknown authority'],
  ['network', 'dial tcp 10.1.2.3:443: i/o timeout'],
  ['blob_store_denied', 'error parsing HTTP 403 response body'],
  ['timeout', 'inactivity time exceeded timeout'],
  ['credential_missing', 'no basic auth credentials'],
  ['not_permitted', 'permission_denied: scopes'],
  ['credential_rejected', 'incorrect username or password'],
  ['access_denied', 'pull access denied'],
  ['credential_refused', 'authentication required'],
  ['local_image', 'No such image'],
  ['image_not_found', 'manifest unknown'],
  ['registry_error', 'status: 503 Service Unavailable'],
];
const secretsStrongestFirst: readonly (readonly [string, string])[] = [
  ['secret_unreadable:kms', 'Access to KMS is not allowed'],
  ['secret_unreadable:role', 'unable to find execution role credentials'],
  ['secret_unreadable:iam', 'AccessDeniedException'],
  ['secret_unreadable:not_found', 'ResourceNotFoundException'],
  ['secret_unreadable:malformed', 'invalid schema'],
  ['secret_unreadable:network', 'RequestCanceled'],
  ['secret_unreadable:unknown', 'something new'],
];

describe('a text with the marks of two causes', () => {
  it.each([
    ['CannotPullContainerError', [...strongestFirst, ['unknown_pull', 'something new'] as const]],
    ['asm fetching secret from the service', secretsStrongestFirst],
  ])('is decided by the stronger one: %s', (gate, phrases) => {
    for (const [at, [cls, strong]] of phrases.entries()) {
      for (const [, weak] of phrases.slice(at)) {
        expect({ strong, weak, cls: diagnosePullFailure(`${gate}: ${weak}; ${strong}`)?.class }).toEqual({
          strong,
          weak,
          cls,
        });
        expect(diagnosePullFailure(`${gate}: ${strong}; ${weak}`)?.class).toBe(cls);
      }
    }
  });

  it("is about ECR's own login where it says so, whatever else it says", () => {
    const read = (text: string) =>
      diagnosePullFailure(
        `unable to pull secrets or registry auth: unable to retrieve ecr registry auth: ${text}`,
      );
    expect(read('AccessDeniedException: dial tcp')?.class).toBe('ecr_auth_unreadable:iam');
    expect(read('dial tcp: i/o timeout')?.class).toBe('ecr_auth_unreadable:network');
    expect(read('Access to KMS is odd')?.class).toBe('ecr_auth_unreadable:unknown');
    expect(read('AccessDeniedException')?.credentialTrouble).toBe(false);
  });
});
