/** One way to authenticate that a registry offers. Parameter names are in lower case, values as they came. */
export interface Challenge {
  /** In lower case: `bearer`, `basic`, … */
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export type UsableChallenge =
  | {
      readonly scheme: 'bearer';
      readonly realm: string;
      readonly service: string | undefined;
    }
  | { readonly scheme: 'basic' };

// RFC 9110, 5.6: a token; an optional space and equals sign after it make it a parameter's name, not a scheme.
const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameter = new RegExp(`^(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))`);
const scheme = new RegExp(`^(${token})(?=\\s|,|$)(?:[ \\t]+([A-Za-z0-9._~+/-]+=*)(?=\\s*(?:,|$)))?`);

/**
 * Reads a WWW-Authenticate header (RFC 9110, 11.6.1): several challenges in one header or several headers joined by
 * commas, which also separate parameters and stand inside quoted strings. What cannot be read ends the list.
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  let rest = header;
  for (;;) {
    rest = rest.replace(/^[\s,]+/, '');
    const named = parameter.exec(rest);
    const current = challenges.at(-1);
    if (named && current) {
      const [whole, name = '', quoted, plain = ''] = named;
      current.parameters[name.toLowerCase()] ??= quoted?.replaceAll(/\\(.)/g, '$1') ?? plain;
      rest = rest.slice(whole.length);
      continue;
    }
    const begun = named ? null : scheme.exec(rest);
    if (!begun?.[1]) return challenges;
    challenges.push({ scheme: begun[1].toLowerCase(), parameters: {} });
    rest = rest.slice(begun[0].length);
  }
}

/** The challenge to answer: Bearer where it names a realm, else Basic, whatever their order. */
export function pickChallenge(header: string | null): UsableChallenge | undefined {
  const challenges = parseChallenges(header ?? '');
  for (const challenge of challenges) {
    const { realm, service } = challenge.parameters;
    if (challenge.scheme === 'bearer' && realm) return { scheme: 'bearer', realm, service };
  }
  return challenges.some((challenge) => challenge.scheme === 'basic') ? { scheme: 'basic' } : undefined;
}
