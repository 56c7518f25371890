import { diagnosePullFailure, pullFailureClasses } from '../../src/ecs/pull-failure.ts';
import { type CauseFacts, causeTexts } from '../../src/text/en/causes.ts';
import samples from '../vectors/pull-reasons.json' with { type: 'json' };

const everything: Required<CauseFacts> = {
  registry: '111122223333.dkr.ecr.eu-west-1.amazonaws.com',
  repository: 'acme-platform/backend/invoice-mailer',
  userName: 'robot$acme-platform+pull',
  secret: 'production/registries/ghcr-pull',
  service: 'invoice-mailer-production',
  unauthenticated: true,
};
const keys = Object.keys(everything) as (keyof CauseFacts)[]; // Object.keys knows only `string`.
/** All facts, none, each alone, and all but each. */
const knowledge: readonly CauseFacts[] = [
  everything,
  {},
  ...keys.map((key) => ({ [key]: everything[key] })),
  ...keys.map((key) => ({ ...everything, [key]: undefined })),
];
const rendered = pullFailureClasses.flatMap((cls) =>
  knowledge.flatMap((facts) => [causeTexts[cls].cause(facts), causeTexts[cls].next(facts)]),
);
const unseen =
  /\b(?:canary|waves?|preflight|fingerprint|staging label|awscurrent|verdict|stale|credentials? kind|credentials?|undefined|null)\b/i;

describe('the sentences of causes', () => {
  it('exist for every class and no other', () => {
    expect(Object.keys(causeTexts).sort()).toEqual([...pullFailureClasses].sort());
  });

  it.each(pullFailureClasses)('of %s say what happened and what to do, whatever is known', (cls) => {
    for (const facts of knowledge) {
      const { cause, next } = causeTexts[cls];
      expect(cause(facts)).toMatch(/^\S.*[^.\s]\.$/);
      expect(next(facts)).toMatch(/^[A-Z].*[^.\s]\.$/);
      expect(cause(facts)).not.toBe(next(facts));
    }
  });

  it('hold no word that people should not see, and no gap', () => {
    expect(rendered.filter((text) => unseen.test(text) || / {2}| [.,]/.test(text))).toEqual([]);
  });

  it('are at most 200 characters', () => {
    expect(rendered.filter((text) => text.length > 200)).toEqual([]);
  });

  it('begin with a capital unless they begin with a name', () => {
    const causes = pullFailureClasses.map((cls) => causeTexts[cls].cause({}));
    expect(causes.filter((text) => !/^[A-Z]/.test(text))).toEqual([]);
    expect(causeTexts.credential_rejected.cause({ registry: 'ghcr.io' })).toMatch(/^ghcr\.io refuses/);
  });

  it('treat an empty fact as a missing one', () => {
    const empty = { registry: '', repository: '', userName: '', secret: '', service: '' };
    for (const cls of pullFailureClasses)
      expect(causeTexts[cls].cause(empty)).toBe(causeTexts[cls].cause({}));
  });

  it('name what is known', () => {
    const facts = { registry: 'ghcr.io', repository: 'acme/mailer', userName: 'acme-pull' };
    expect(causeTexts.not_permitted.cause(facts)).toBe(
      'ghcr.io accepts the login but does not let it read acme/mailer.',
    );
    expect(causeTexts.not_permitted.next(facts)).toBe(
      'Give acme-pull read access to acme/mailer, then press Try Again.',
    );
    expect(causeTexts.registry_error.cause({ registry: 'docker.io' })).toMatch(/^Docker Hub has/);
  });

  it('suspect a missing login only where the limit is the one for pulls without', () => {
    expect(causeTexts.rate_limited.cause({})).toContain('says nothing about the login');
    expect(causeTexts.rate_limited.cause({ unauthenticated: true })).toContain('Perhaps no login was sent');
  });

  it('fit what a diagnosis names, for every sample', () => {
    const causes = samples.flatMap(({ text }) => {
      const found = diagnosePullFailure(text);
      return found ? [causeTexts[found.class].cause(found)] : [];
    });
    expect(causes.filter((text) => text.length > 200 || unseen.test(text))).toEqual([]);
    expect(causes).toContain('ghcr.io accepts the login but does not let it read acme/api.');
  });
});
