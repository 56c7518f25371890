import { globSync, readFileSync } from 'node:fs';
import {
  addAuthorization,
  basicAuthorization,
  bearerAuthorization,
  tokenFrom,
} from '../../src/registry/authorization.ts';
import { SecretValue } from '../../src/secret-value.ts';

function headerOf(authorization: SecretValue): string | null {
  const headers = new Headers();
  addAuthorization(headers, authorization);
  return headers.get('authorization');
}

it('makes Basic of a login in UTF-8, colons in the password included', () => {
  const header = headerOf(basicAuthorization({ userName: 'ü', password: SecretValue.of('a:b€') }));
  expect(Buffer.from(header?.slice(6) ?? '', 'base64').toString('utf8')).toBe('ü:a:b€');
});

it('makes Bearer of a token', () => {
  expect(headerOf(bearerAuthorization(SecretValue.of('t.o-k')))).toBe('Bearer t.o-k');
});

it.each(['', 'a b', 'a\nb', 'ü'])('takes no token that cannot stand in a header: %j', (text) => {
  expect(tokenFrom(text)).toBeUndefined();
});

it('is the one file of src/registry that reveals values', () => {
  const revealing = globSync('src/registry/**/*.ts').filter((file) =>
    readFileSync(file, 'utf8').includes('.reveal('),
  );
  expect(revealing).toEqual(['src/registry/authorization.ts']);
});
