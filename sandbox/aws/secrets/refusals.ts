import { AwsFault } from '../operation.ts';

/**
 * Secrets Manager's refusals in its own words, as far as they are public knowledge. None quotes a value.
 * All answer 400, as the service does for every error of the caller.
 */
export const refusals = {
  noSuchSecret: () =>
    new AwsFault('ResourceNotFoundException', "Secrets Manager can't find the specified secret."),
  noSuchLabel: (label: string) =>
    notFound(`Secrets Manager can't find the specified secret value for staging label: ${label}`),
  noSuchVersion: (id: string) =>
    notFound(`Secrets Manager can't find the specified secret value for VersionId: ${id}`),
  labelNotOnVersion: () =>
    invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.'),
  markedForDeletion: () =>
    invalidRequest("You can't perform this operation on the secret because it was marked for deletion."),
  nameMarkedForDeletion: () =>
    invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    ),
  replica: (primaryRegion: string) =>
    invalidRequest(
      `Operation not permitted on a replica secret. Call must be made in primary secret's region ${primaryRegion}.`,
    ),
  managed: (owner: string) =>
    invalidRequest(`You can't modify a secret that ${owner} manages. Use that service to change it.`),
  exists: (name: string) =>
    new AwsFault(
      'ResourceExistsException',
      `The operation failed because the secret ${name} already exists.`,
    ),
  tokenUsed: (token: string, arn: string) =>
    new AwsFault(
      'ResourceExistsException',
      `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${arn}.`,
    ),
  labelElsewhere: (label: string, holder: string) =>
    invalidParameter(
      `The parameter RemoveFromVersionId can't be empty. Staging label ${label} is currently attached to version ` +
        `${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
    ),
  labelNotThere: (label: string) =>
    invalidParameter(
      `When you move staging label ${label}, if you specify RemoveFromVersionId, it must be set to the version ` +
        `that currently has the staging label ${label}.`,
    ),
  currentNotRemovable: () =>
    invalidParameter(
      "You can't remove AWSCURRENT from a version. Move it to another one with MoveToVersionId.",
    ),
  nothingToMove: () => invalidParameter('You must specify MoveToVersionId, RemoveFromVersionId, or both.'),
  noContent: () => invalidRequest('You must provide either SecretString or SecretBinary.'),
  twoContents: () =>
    invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    ),
  badToken: () => invalidParameter('ClientRequestToken must be 32-64 characters long.'),
  badPage: () => new AwsFault('InvalidNextTokenException', 'The NextToken value is invalid.'),
  tooManyVersions: (name: string) =>
    new AwsFault('LimitExceededException', `You've exceeded the number of versions of the secret ${name}.`),
  invalid: (member: string, constraint: string) =>
    new AwsFault(
      'ValidationException',
      `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`,
    ),
  invalidParameter,
  /** IAM's refusal of a task's role, in the wording tasks quote. */
  notAuthorized: (role: string, action: string, resource: string) =>
    new AwsFault(
      'AccessDeniedException',
      `User: ${role} is not authorized to perform: ${action} on resource: ${resource} ` +
        `because no identity-based policy allows the ${action} action`,
    ),
  kmsDenied: () => new AwsFault('AccessDeniedException', 'Access to KMS is not allowed'),
};

function notFound(message: string): AwsFault {
  return new AwsFault('ResourceNotFoundException', message);
}

function invalidRequest(message: string): AwsFault {
  return new AwsFault('InvalidRequestException', message);
}

function invalidParameter(message: string): AwsFault {
  return new AwsFault('InvalidParameterException', message);
}
