import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HttpAnswer } from './exchange.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

const SAFETY: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** Serves the page's files by their plain names; nothing outside the directory can be named. */
export async function servePageFile(directory: string, path: string): Promise<HttpAnswer | undefined> {
  // A permalink to a message leads to the page, which finds the message itself.
  const name = path === '/' || path.startsWith('/archives/') ? 'index.html' : path.replace(/^\/page\//, '');
  const type = TYPES[name.split('.').at(-1) ?? ''];
  if (!type || !(await readdir(directory)).includes(name)) return undefined;
  return {
    status: 200,
    headers: { ...SAFETY, 'content-type': type },
    body: await readFile(join(directory, name), 'utf8'),
  };
}
