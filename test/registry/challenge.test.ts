import { parseChallenges, pickChallenge } from '../../src/registry/challenge.ts';

const bearer = (realm: string, rest = {}) => ({
  scheme: 'bearer',
  realm,
  service: undefined,
  ...rest,
});

it.each<[string, string, object[]]>([
  ['nothing', '', []],
  ['a scheme alone', 'Negotiate', [{ scheme: 'negotiate', parameters: {} }]],
  ['any case', 'BASIC ReAlM="A b"', [{ scheme: 'basic', parameters: { realm: 'A b' } }]],
  ['unquoted values', 'Basic realm=plain', [{ scheme: 'basic', parameters: { realm: 'plain' } }]],
  ['blanks around the equals sign', 'Basic realm = "x"', [{ scheme: 'basic', parameters: { realm: 'x' } }]],
  [
    'commas in quotes',
    'Bearer realm="https://a/t",scope="repository:a/b:pull,push"',
    [{ scheme: 'bearer', parameters: { realm: 'https://a/t', scope: 'repository:a/b:pull,push' } }],
  ],
  [
    'escaped quotes',
    'Basic realm="a \\"b\\" c\\\\"',
    [{ scheme: 'basic', parameters: { realm: 'a "b" c\\' } }],
  ],
  [
    'several challenges in one header',
    'Negotiate, Basic realm="a", Bearer realm="https://b",service="s"',
    [
      { scheme: 'negotiate', parameters: {} },
      { scheme: 'basic', parameters: { realm: 'a' } },
      { scheme: 'bearer', parameters: { realm: 'https://b', service: 's' } },
    ],
  ],
  [
    'a challenge that is one token',
    'NTLM TlRMTVNTUAAB==, Basic realm="a"',
    [
      { scheme: 'ntlm', parameters: {} },
      { scheme: 'basic', parameters: { realm: 'a' } },
    ],
  ],
  ['stray commas', ' ,, Basic realm="a",, ,', [{ scheme: 'basic', parameters: { realm: 'a' } }]],
  [
    'the first of a repeated name',
    'Basic realm="a", realm="b"',
    [{ scheme: 'basic', parameters: { realm: 'a' } }],
  ],
  [
    'as far as it can be read',
    'Basic realm="a", Bearer realm="open',
    [
      { scheme: 'basic', parameters: { realm: 'a' } },
      { scheme: 'bearer', parameters: {} },
    ],
  ],
  ['no parameter without a scheme', 'realm="a"', []],
])('reads %s', (_what, header, challenges) => {
  expect(parseChallenges(header)).toEqual(challenges);
});

it.each<[string, string | null, object | undefined]>([
  ['nothing where there is no header', null, undefined],
  ['nothing where it knows none', 'Negotiate, Digest realm="x"', undefined],
  ['Basic', 'basic realm="x"', { scheme: 'basic' }],
  ['Bearer before Basic', 'Basic realm="x", Bearer realm="https://t"', bearer('https://t')],
  ['Basic where Bearer names no realm', 'Bearer service="s", Basic realm="x"', { scheme: 'basic' }],
  [
    'the service of Bearer',
    'Bearer realm="https://t",service="s",scope="repository:a:pull",error="insufficient_scope"',
    bearer('https://t', { service: 's' }),
  ],
])('picks %s', (_what, header, challenge) => {
  expect(pickChallenge(header)).toEqual(challenge);
});
