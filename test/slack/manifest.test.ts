import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { methodsBeyond, scopesOf } from '../../sandbox/slack/scopes.ts';

const manifest = JSON.parse(readFileSync('manifest.json', 'utf8'));
const granted: string[] = manifest.oauth_config.scopes.bot;

function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? sources(path) : [readFileSync(path, 'utf8')];
  });
}

/** Web API methods that the product calls. */
const called = [
  ...new Set(
    [...sources('src/slack'), ...sources('src/functions')].flatMap((source) =>
      [...source.matchAll(/client\.((?:\w+\.){1,2}\w+)\(/g)].map(([, method]) => String(method)),
    ),
  ),
];

test('finds the calls it is about', () => {
  expect(called).toEqual(
    expect.arrayContaining(['chat.postMessage', 'chat.update', 'views.open', 'usergroups.users.list']),
  );
  for (const method of called) expect(scopesOf(method)).toBeDefined();
});

test('asks for every scope that a call needs', () => {
  expect(methodsBeyond(granted, called)).toEqual([]);
});

test('asks for no scope without a use', () => {
  const used = new Set(called.flatMap((method) => scopesOf(method) ?? []));
  // The command itself, and posting where nobody has invited the app.
  const beside = ['commands', 'chat:write.public'];
  expect(granted.filter((scope) => !used.has(scope) && !beside.includes(scope))).toEqual([]);
});

test('has one address for commands and clicks, and no socket', () => {
  const urls = [manifest.features.slash_commands[0].url, manifest.settings.interactivity.request_url];
  expect(new Set(urls).size).toBe(1);
  expect(manifest.settings).toMatchObject({ socket_mode_enabled: false, token_rotation_enabled: false });
});

test('keeps within the lengths of the manifest schema', () => {
  const { name, description } = manifest.display_information;
  expect(name.length).toBeLessThanOrEqual(35);
  expect(description.length).toBeLessThanOrEqual(140);
});
