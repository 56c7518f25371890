import {
  documentLimitBytes,
  type InstanceDocument,
  instanceDocument,
} from '../../../../src/credentials/agent/instance/document.ts';
import { script } from './ask-script.ts';

const document = instanceDocument(script);

const fitting: Readonly<Record<string, readonly string[]>> = {
  Mode: ['inspect', 'dry-run', 'apply'],
  SecretArn: [
    '',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ecs-rotate/prod/ghcr.io-AbCdEf',
    'arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:a+b=c@d_e.f-AbCdEf',
    'arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:x-AbCdEf',
  ],
  VersionId: ['', 'a3f1c2d4-0000-4000-8000-1234567890ab'],
  Registry: [
    '',
    'ghcr.io',
    'ghcr.io/acme/team',
    'localhost:5000',
    'https://index.docker.io/v1/',
    'r-1.example:443',
  ],
  AuthType: ['keep', 'dockercfg'],
  Salt: ['', '0123456789abcdef'.repeat(2)],
  Limit: ['1', '120', '999'],
};

/** What would end a quoted word in a shell, start another command, or be filled in by Systems Manager. */
const hostile = [
  '"',
  "'",
  '`',
  '$',
  '\\',
  '\n',
  '\r',
  ' ',
  ';',
  '&',
  '|',
  '<',
  '>',
  '(',
  ')',
  '{',
  '}',
  '\0',
  '*',
  '!',
];

test('fits into a document with room to spare', () => {
  expect(Buffer.byteLength(JSON.stringify(document))).toBeLessThan(documentLimitBytes * 0.9);
});

test('hands every parameter over in the environment', () => {
  const parameters = Object.values(document.parameters);
  expect(parameters.map(({ interpolationType }) => interpolationType)).toEqual(
    parameters.map(() => 'ENV_VAR'),
  );
});

test.each(Object.keys(document.parameters))('takes a usual %s', (name) => {
  const usual = fitting[name] ?? [];
  expect(usual.length).toBeGreaterThan(0);
  expect(usual.filter((value) => !isAllowed(document, name, value))).toEqual([]);
});

test.each(Object.keys(document.parameters))('takes no %s with a sign that a shell would act on', (name) => {
  const tried = (fitting[name] ?? []).flatMap((value) =>
    hostile.flatMap((sign) => [value + sign, sign + value, value.slice(0, 4) + sign + value.slice(4), sign]),
  );
  expect(tried.filter((value) => isAllowed(document, name, value))).toEqual([]);
});

test('has no place but one line each where an old SSM agent would write a parameter into the script', () => {
  const lines = document.mainSteps[0].inputs.runCommand.filter((line) => line.includes('{{'));
  expect(lines).toEqual(
    Object.keys(document.parameters).map(
      (name) => `[ -n "\${SSM_${name}+x}" ] || export SSM_${name}="{{${name}}}"`,
    ),
  );
});

test('carries the script line by line', () => {
  expect(document.mainSteps[0].inputs.runCommand.join('\n')).toContain(`\n${script.trimEnd()}\n`);
});

test.each([
  ['double braces', 'print("{{Mode}}")'],
  ['a letter beyond ASCII', '# caf\u00e9'],
  ['the mark that ends it', 'END_OF_ECS_ROTATE'],
])('refuses a script with %s', (_, text) => {
  expect(() => instanceDocument(text)).toThrow(TypeError);
});

/** As Systems Manager does: a pattern must be found in the value. */
function isAllowed({ parameters }: InstanceDocument, name: string, value: string): boolean {
  const { allowedValues, allowedPattern } = parameters[name] ?? {};
  if (allowedValues) return allowedValues.includes(value);
  return allowedPattern !== undefined && new RegExp(allowedPattern).test(value);
}
