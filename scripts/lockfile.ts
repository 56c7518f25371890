/**
 * Removes `engines` from the two durable-execution entries of package-lock.json.
 *
 * npm may itself run on Node 20 while every script of ours runs on the Node 24 of the lockfile; without this
 * each `npm ci` would warn about a version that is never used. Run it after changing a dependency.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Lockfile {
  packages: Record<string, { engines?: Record<string, string> }>;
}

const path = 'package-lock.json';
const lock = JSON.parse(readFileSync(path, 'utf8')) as Lockfile;
for (const [name, entry] of Object.entries(lock.packages)) {
  if (name.includes('@aws/durable-execution-sdk-js')) delete entry.engines;
}
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
