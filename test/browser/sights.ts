import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's browser, or the one named in CHROMIUM. @throws Error where there is none: this suite is never skipped */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
}

/** Takes the README's pictures, only with PICTURES=1: otherwise a run changes no file. */
export async function picture(name: string, what: Page | Locator, page: Page): Promise<void> {
  if (process.env.PICTURES !== '1') return;
  const directory = join(process.cwd(), 'docs/pictures');
  mkdirSync(directory, { recursive: true });
  // Away from anything that changes under the pointer.
  await page.mouse.move(1, 1);
  await what.screenshot({ path: join(directory, `${name}.png`), animations: 'disabled' });
}

/** Pairs of the page's parts that cover each other, and parts that reach over its edge; empty where all is well. */
export async function overlaps(page: Page): Promise<string[]> {
  const width = page.viewportSize()?.width ?? 0;
  const parts = ['header.top', '#status', '#sidebar', 'main', '#panel', '#thread'];
  const boxes: { name: string; x: number; y: number; width: number; height: number }[] = [];
  for (const name of parts) {
    const box = await page.locator(name).boundingBox();
    if (box) boxes.push({ name, ...box });
  }
  const outside = boxes.filter(({ x, width: own }) => x < 0 || x + own > width + 1);
  const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).map((b) => [a, b] as const));
  const covered = pairs.filter(
    ([a, b]) =>
      a.x + a.width > b.x + 1 &&
      b.x + b.width > a.x + 1 &&
      a.y + a.height > b.y + 1 &&
      b.y + b.height > a.y + 1,
  );
  return [
    ...outside.map(({ name }) => `${name} reaches over the edge`),
    ...covered.map(([a, b]) => `${a.name} and ${b.name} cover each other`),
  ];
}

/** Texts that a place shows one after another, until one of them matches; each once. */
export async function frames(place: Locator, last: RegExp, most = 45_000): Promise<string[]> {
  const seen: string[] = [];
  for (const end = Date.now() + most; Date.now() < end; ) {
    const text = await place.innerText();
    if (seen.at(-1) !== text) seen.push(text);
    if (last.test(text)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never saw ${last}, last: ${seen.at(-1)}`);
}
