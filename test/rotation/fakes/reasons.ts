/** Texts as ECS gives them, of shared samples: the tests diagnose them with the real diagnosis. */
export const reasons = {
  refused: (image: string) =>
    `CannotPullContainerError: Error response from daemon: Head "https://${address(image)}": unauthorized: incorrect username or password`,
  notPermitted: (image: string) =>
    `CannotPullContainerError: Error response from daemon: Head "https://${address(image)}": denied: permission_denied: The token provided does not match expected scopes.`,
  accessDenied:
    'CannotPullContainerError: Error response from daemon: denied: requested access to the resource is denied',
  notFound: (image: string) =>
    `CannotPullContainerError: Error response from daemon: manifest for ${image} not found: manifest unknown: manifest unknown`,
  network:
    'CannotPullContainerError: Error response from daemon: Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io: no such host',
  secretDenied:
    'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/task is not authorized to perform: secretsmanager:GetSecretValue',
  unknown: 'CannotPullContainerError: something that nobody has seen before',
  crash: 'Essential container in task exited',
} as const;

function address(image: string): string {
  const [host = '', ...path] = image.split('/');
  return `${host}/v2/${path.join('/').replace(':', '/manifests/')}`;
}
