/** One challenge of a `WWW-Authenticate` header, scheme and parameter names in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string | undefined>>;
}

/**
 * All challenges of a header (RFC 9110, 11.6.1): a name followed by `=` is a parameter of the scheme
 * before it, any other word begins a new challenge. Written apart from the product's own reader on purpose.
 */
export function readChallenges(header: string | undefined): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  const tokens = /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))|([\w-]+)/g;
  for (const [, name, quoted, plain, scheme] of (header ?? '').matchAll(tokens)) {
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: {} });
    const current = challenges.at(-1);
    if (name !== undefined && current !== undefined) {
      current.parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
    }
  }
  return challenges;
}

/** The first challenge of a scheme, given in lower case. */
export const findChallenge = (header: string | undefined, scheme: string): Challenge | undefined =>
  readChallenges(header).find((challenge) => challenge.scheme === scheme);
