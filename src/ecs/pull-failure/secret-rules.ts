import { type Marker, networkMarkers, type Rule } from './markers.ts';

/** Texts that say that a secret, or a registry's login, could not be fetched before the pull. */
export const secretGate: readonly Marker[] = [
  /^asm (?:fetching|resource)/,
  'unable to pull secrets or registry auth',
  'unable to retrieve secret from asm',
  'unable to create asm client',
];

/** ECR's own login: the same gate, but outside every rotation. */
export const ecrAuthMarker = 'ecr registry auth';

// Names of secrets and roles stand in these texts and may hold words such as "kms": markers carry a colon or
// blank that a name cannot have.
// biome-ignore format: one rule a line
export const secretRules: readonly Rule[] = [
  { class: 'secret_unreadable:kms', when: ['access to kms', /\bkms:\w/, 'kms key', 'decryptionfailure:'] },
  { class: 'secret_unreadable:role', when: ['unable to find execution role', 'execution role credentials'] },
  { class: 'secret_unreadable:iam', when: ['accessdeniedexception', 'access denied', 'not authorized to perform'] },
  { class: 'secret_unreadable:not_found', when: ['resourcenotfoundexception', "can't find the specified secret", 'marked for deletion', 'invalid arn', 'validationexception'] },
  { class: 'secret_unreadable:malformed', when: ['unable to unmarshal', 'invalid schema', 'empty secrets value', 'is malformed', 'did not contain json key'] },
  { class: 'secret_unreadable:network', when: networkMarkers },
];

// biome-ignore format: one rule a line
export const ecrAuthRules: readonly Rule[] = [
  { class: 'ecr_auth_unreadable:iam', when: ['accessdeniedexception', 'access denied', 'not authorized to perform', 'execution role credentials'] },
  { class: 'ecr_auth_unreadable:network', when: networkMarkers },
];
