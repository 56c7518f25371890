import { RotateError } from '../errors.ts';

/** An image as a registry is asked for it. At least one of `tag` and `digest` is given; the digest decides. */
export interface ImageReference {
  /** Host, with the port where one is given; `docker.io` for Docker Hub. */
  readonly registry: string;
  /** Path within the registry, `library/` included for Docker Hub's own images. */
  readonly repository: string;
  readonly tag: string | null;
  /** Algorithm and hexadecimal hash, as in `sha256:…`. */
  readonly digest: string | null;
}

type Problem = 'empty' | 'identifier' | 'upper-case' | 'too-long' | 'digest' | 'malformed';

const HUB = 'docker.io';
const LONGEST_REPOSITORY = 255;

// The grammar of github.com/distribution/reference (regexp.go), which Docker, containerd and ECS follow.
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const host = `(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const path = `${component}(?:/${component})*`;
const tag = '\\w[\\w.-]{0,127}';
const algorithm = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*';
const digest = `${algorithm}:[0-9a-fA-F]{32,}`;
const wholeReference = new RegExp(`^(${host})/(${path})(?::(${tag}))?(?:@(${digest}))?$`);

// Only algorithms that engines have registered, each with its length (opencontainers/go-digest).
const knownDigest = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;
const bareIdentifier = /^[a-f0-9]{64}$/;

/**
 * Reads an image as written in a task definition, by the reference rule (normalize.go): `nginx` is
 * `docker.io/library/nginx:latest`. Throws `image-reference-invalid`.
 */
export function parseImageReference(text: string): ImageReference {
  if (text === '') throw invalid(text, 'empty');
  if (bareIdentifier.test(text)) throw invalid(text, 'identifier');
  const [registry, remainder] = splitHost(text);
  const match = wholeReference.exec(`${registry}/${remainder}`);
  if (!match) throw invalid(text, problemOf(registry, remainder));

  const [, , repository = '', givenTag = null, givenDigest = null] = match;
  if (repository.length > LONGEST_REPOSITORY) throw invalid(text, 'too-long');
  if (givenDigest !== null && !knownDigest.test(givenDigest)) throw invalid(text, 'digest');
  return { registry, repository, tag: givenTag ?? (givenDigest ? null : 'latest'), digest: givenDigest };
}

/** Without a slash there is no host, even where the text looks like one: `host:5000` is tag 5000 of `host`. */
function splitHost(text: string): readonly [registry: string, remainder: string] {
  const slash = text.indexOf('/');
  if (slash === -1) return [HUB, `library/${text}`];
  const first = text.slice(0, slash);
  const rest = text.slice(slash + 1);
  const [registry, remainder] = isHost(first) ? [canonicalHost(first), rest] : [HUB, text];
  return [registry, registry === HUB && !remainder.includes('/') ? `library/${remainder}` : remainder];
}

/** A repository has no capitals, so a first component with one can only be meant as a host. */
function isHost(component: string): boolean {
  return component === 'localhost' || /[.:]/.test(component) || component !== component.toLowerCase();
}

function canonicalHost(name: string): string {
  return name === 'index.docker.io' ? HUB : name;
}

function problemOf(registry: string, remainder: string): Problem {
  const [repository = ''] = remainder.split(/[:@]/, 1);
  if (repository !== repository.toLowerCase()) return 'upper-case';
  const at = remainder.indexOf('@');
  const named = at === -1 ? remainder : remainder.slice(0, at);
  return at !== -1 && wholeReference.test(`${registry}/${named}`) ? 'digest' : 'malformed';
}

function invalid(image: string, problem: Problem): RotateError {
  const shown = image.length > 200 ? `${image.slice(0, 200)}…` : image;
  return new RotateError('image-reference-invalid', { image: shown, problem });
}
