import { type Marker, networkMarkers, type Rule } from './markers.ts';

/** Texts that say that an image could not be pulled (names as in aws/amazon-ecs-agent, dockerapi/errors.go). */
export const pullGate: readonly Marker[] = [
  /^cannotpull\w*error/,
  [/^dockertimeouterror/, /transition to (?:manifest_)?pull/],
  [/^cannotcreatecontainererror/, 'no such image'],
];

// A word of an error, not a part of an image's name: "acme/denied:1.4" has no blank before it.
const bareDenied = /(?<![\w./-])denied(?=: |$|…|\.\.\.)/;
const bareUnauthorized = /(?<![\w./-])unauthorized(?=: |$|…|\.\.\.)/;
// The token endpoint said no. Without its answer (the text is cut) nothing is claimed.
const refusedStatus = / 40[13]\b| denied\b| unauthorized\b/;

/**
 * The order matters more than the markers. "toomanyrequests: too many failed login attempts" is no pull quota;
 * "anonymous token … i/o timeout" is the network; the agent adds "Check whether the image exists" to plain
 * denials; Docker Hub's lookup says "denied" and "unauthorized: authentication required" in one text.
 */
// biome-ignore format: one rule a line
export const pullRules: readonly Rule[] = [
  { class: 'login_lockout', when: ['too many failed login'] },
  { class: 'rate_limited', when: [/(?<![\w./-])toomanyrequests(?=:|$| |…)/, '429 too many requests', 'pull rate limit'] },
  { class: 'disk', when: ['no space left on device'] },
  { class: 'platform_mismatch', when: ['no matching manifest for', 'descriptor matching platform', 'no match for platform', 'does not match the specified platform'] },
  { class: 'tls', when: [/(?<![\w./-])x509: /, /(?<![\w./-])tls: /, 'server gave http response to https client'] },
  { class: 'network', when: networkMarkers },
  { class: 'blob_store_denied', when: ['error parsing http 403 response body', ['httpreadseeker: failed open', / 403\b/]], unless: ['/manifests/'] },
  { class: 'timeout', when: [/^dockertimeouterror/, 'timed out after waiting', 'inactivity time exceeded timeout', 'context canceled'] },
  { class: 'credential_missing', when: ['no basic auth credentials', 'private registry credentials: not found', ['failed to fetch anonymous token', refusedStatus]] },
  { class: 'not_permitted', when: ['permission_denied', 'not match expected scopes', 'is not authorized to perform', 'does not have permission', 'not allowed to read', 'saml enforcement'] },
  { class: 'credential_rejected', when: ['incorrect username or password', 'invalid username or password', /(?<!access )denied: denied\b/, 'cannot be authenticated with the token', 'http basic: access denied', 'bad credentials', /token (?:has|is) expired/, ['failed to fetch oauth token', refusedStatus]] },
  { class: 'access_denied', when: ['pull access denied', 'requested access to the resource', 'access forbidden', 'insufficient_scope', 'unauthorized to access repository', 'requested resource is not authorized', '403 forbidden', bareDenied] },
  { class: 'credential_refused', when: ['authentication required', 'authentication is required', '401 unauthorized', bareUnauthorized] },
  { class: 'local_image', when: ['failed to find a repo digest', 'no such image'] },
  { class: 'image_not_found', when: ['manifest unknown', 'name unknown', ': not found', /(?:manifest for|repository) \S{1,400} not found/], unless: ['unexpected media type'] },
  { class: 'registry_error', when: [/ 5\d\d (?:internal server error|bad gateway|service unavailable|gateway time-?out)/, /status(?: code)?: 5\d\d\b/] },
];
