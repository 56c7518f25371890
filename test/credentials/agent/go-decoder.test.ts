import { readEngineAuth } from '../../../src/credentials/agent/ecs-config.ts';
import { isEverUsed } from '../../../src/credentials/agent/keys.ts';
import type { Beneath } from '../../../src/credentials/agent/layers.ts';
import recorded from './go-decoder.json' with { type: 'json' };

/**
 * What Go makes of configurations made by chance: each was read by a program in Go 1.19 that takes the agent's steps
 * with Go's own encoding/json, encoding/base64 and strings, and holds nothing of ours.
 */
interface Recorded {
  readonly text: string;
  readonly beneath: Beneath;
  readonly type: string;
  /** False where the JSON config file keeps the agent from starting. */
  readonly starts: boolean;
  /** Scheme stripped; those of them under which there is a user name or a token. */
  readonly keys: readonly string[];
  readonly withLogin: readonly string[];
}
const cases: readonly Recorded[] = recorded;

test('has what the reader could get wrong', () => {
  expect(cases.length).toBeGreaterThan(80);
  expect(cases.filter(({ withLogin }) => withLogin.some(isEverUsed)).length).toBeGreaterThan(30);
  expect(cases.filter(({ starts }) => !starts).length).toBeGreaterThan(1);
});

test.each(cases)(
  'reads $text over $beneath as Go does',
  ({ text, beneath, type, starts, keys, withLogin }) => {
    const read = readEngineAuth(text, beneath);
    const used = (all: readonly string[]) => (starts ? all.filter(isEverUsed).toSorted() : []);
    expect([...read.registries].sort()).toEqual(used(withLogin));
    expect([...read.withoutLogin].sort()).toEqual(used(keys.filter((key) => !withLogin.includes(key))));
    if (starts && /^(?:docker(?:cfg)?)?$/.test(type)) expect(read.type).toBe(type);
  },
);
