import { diagnosePullFailure, isCredentialTrouble, pullFailureClasses } from '../../src/ecs/pull-failure.ts';
import engineErrors from '../vectors/engine-errors.json' with { type: 'json' };
import samples from '../vectors/pull-reasons.json' with { type: 'json' };

const classOf = (reason: string) => diagnosePullFailure(reason)?.class ?? 'not_a_pull';

describe('a reason text of ECS', () => {
  it.each(samples.map((sample, index) => ({ index, ...sample })))(
    'sample $index is read as $cls',
    (sample) => {
      expect(classOf(sample.text)).toBe(sample.cls);
    },
  );

  it('has a sample for every class that texts of AWS are known for', () => {
    const known = new Set(samples.map((sample) => sample.cls));
    const unseen = pullFailureClasses.filter((cls) => !known.has(cls));
    expect(unseen).toEqual(['secret_unreadable:unknown', 'ecr_auth_unreadable:unknown']);
  });

  it.each([
    ['in capitals', (text: string) => text.toUpperCase()],
    ['with curly quotes', (text: string) => text.replaceAll("'", '’').replaceAll('"', '”')],
    ['with broken lines', (text: string) => text.replaceAll(' ', '\n\t ')],
    ['in a service event', (text: string) => `(service api) was unable to place a task. Reason: ${text}`],
    ['as the console shows it', (text: string) => `RUNNING (${text})`],
    ['pasted with its label', (text: string) => ` Stopped reason: "${text}"`],
  ])('is read the same %s', (_how, written) => {
    const plain = samples.filter((sample) => sample.where !== 'service-event');
    expect(plain.map((sample) => classOf(written(sample.text)))).toEqual(plain.map((sample) => sample.cls));
  });
});

describe('an answer of a real engine', () => {
  // What the recorded bodies mean, by a piece of the body. Bodies that report success are left out below.
  const meanings: readonly (readonly [string, string])[] = [
    ['no basic auth credentials', 'credential_missing'],
    ['incorrect username or password', 'credential_rejected'],
    ['failed to fetch oauth token', 'credential_rejected'],
    ['pull access denied', 'access_denied'],
    ['403 Forbidden', 'access_denied'],
    ['"denied"', 'access_denied'],
    ['unauthorized', 'credential_refused'],
    ['401 Unauthorized', 'credential_refused'],
    ['toomanyrequests', 'rate_limited'],
    ['429 Too Many', 'rate_limited'],
    ['500 Internal', 'registry_error'],
    ['503 Service', 'registry_error'],
    ['EOF', 'network'],
    ['connection refused', 'network'],
    ['no such host', 'network'],
    ['unexpected media type', 'unknown_pull'],
    ['error unmarshalling', 'unknown_pull'],
    ['invalid reference format', 'unknown_pull'],
    ['not found', 'image_not_found'],
  ];
  const refusals = engineErrors.flatMap(({ engine, body }) =>
    body === undefined || /Downloaded newer|^done:/.test(body) ? [] : [{ engine, body }],
  );

  it.each(refusals)('$engine: $body', ({ engine, body }) => {
    const meaning = meanings.find(([piece]) => body.includes(piece))?.[1];
    const said = engine.startsWith('dockerd')
      ? `Error response from daemon: ${JSON.parse(body).message}`
      : `pull image manifest has been retried 1 time(s): ${body.replace('ctr: ', '')}`;
    expect(classOf(`CannotPullContainerError: ${said}`)).toBe(meaning);
  });
});

describe('a name that reads like an error', () => {
  const daemon = 'CannotPullContainerError: Error response from daemon:';
  it.each([
    [`${daemon} manifest for ghcr.io/acme/unauthorized:1 not found: manifest unknown`, 'image_not_found'],
    [`${daemon} manifest for ghcr.io/acme/denied:1 not found: manifest unknown`, 'image_not_found'],
    [`${daemon} repository acme/toomanyrequests not found: name unknown`, 'image_not_found'],
    [`${daemon} Head "https://ghcr.io/v2/acme/tls/manifests/503": denied: denied`, 'credential_rejected'],
    [
      'asm fetching secret from the service for ci/kms: ResourceNotFoundException: gone',
      'secret_unreadable:not_found',
    ],
    ['CannotStartContainerError: no basic auth credentials', 'not_a_pull'],
    ['DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s', 'not_a_pull'],
    ['CannotCreateContainerError: invalid mount', 'not_a_pull'],
  ])('does not mislead: %s', (reason, expected) => {
    expect(classOf(reason)).toBe(expected);
  });
});

describe('what a diagnosis says besides', () => {
  it('calls the five refusals denied, and counts the lock-out and unreadable secrets as trouble too', () => {
    const read = samples.flatMap(({ text }) => diagnosePullFailure(text) ?? []);
    const named = (of: typeof read) => [...new Set(of.map((failure) => failure.class.split(':')[0]))].sort();
    const refused = [
      'access_denied',
      'credential_missing',
      'credential_refused',
      'credential_rejected',
      'not_permitted',
    ];
    expect(named(read.filter((failure) => failure.pullDenied))).toEqual(refused);
    expect(named(read.filter((failure) => failure.credentialTrouble))).toEqual(
      [...refused, 'login_lockout', 'secret_unreadable'].sort(),
    );
    expect(read.every((failure) => failure.credentialTrouble === isCredentialTrouble(failure.class))).toBe(
      true,
    );
  });

  it('hints at a missing login only where a rate limit is said to be the unauthenticated one', () => {
    const hinted = samples.filter(({ text }) => diagnosePullFailure(text)?.unauthenticatedHint);
    expect(hinted.map((sample) => sample.text)).toEqual([
      expect.stringContaining('unauthenticated pull rate limit'),
    ]);
  });

  it('quotes the text as it came, cut at 1024 units but never through a character', () => {
    const reason = `CannotPullContainerError: can’t\n${'x'.repeat(991)}😀 tail`;
    expect(reason.slice(0, 1024)).toMatch(/[\uD800-\uDBFF]$/);
    expect(diagnosePullFailure(reason)?.quoted).toBe(reason.slice(0, 1023));
    expect(diagnosePullFailure('CannotPullContainerError: a\n b ')?.quoted).toBe(
      'CannotPullContainerError: a\n b ',
    );
  });
});
