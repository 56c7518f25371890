/** `npm start` as a new user meets it, in a real browser (Debian: chromium; elsewhere name it in CHROMIUM). */
import type { Browser } from 'playwright-core';
import { Newcomer } from './newcomer.ts';
import { freePort, npmStart, npmStartInVain, type Started } from './npm-start.ts';
import { frames, launch, overlaps, picture } from './sights.ts';

jest.setTimeout(90_000);

const wide = { width: 1360, height: 860 };
let started: Started;
let browser: Browser;
let me: Newcomer;
const faults: string[] = [];

beforeAll(async () => {
  started = await npmStart(await freePort());
  browser = await launch();
  const context = await browser.newContext({
    viewport: wide,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(started.url);
  me = new Newcomer(page);
});

afterAll(async () => {
  await browser?.close();
  await started?.interrupt();
});

describe('at the start', () => {
  test('npm start says within a minute where the page is', () => {
    expect(started.took).toBeLessThan(60_000);
    expect(started.printed()).toContain('Ctrl+C ends it');
  });

  test('a taken port is named, with what to do about it', async () => {
    const { code, printed } = await npmStartInVain(Number(new URL(started.url).port));
    expect(printed).toMatch(/Port \d+ is taken.* PORT=\d+ npm start/);
    expect(code).toBe(1);
  });

  test('an empty channel says what to type, and the Home tab where to look', async () => {
    await me.at('empty').getByText('/ecs-rotate').waitFor();
    expect(await me.at('empty').innerText()).toContain('press Enter to replace a registry login');
    await me.at('app-home').click();
    expect(await me.at('empty').innerText()).toContain('/ecs-rotate status');
    await me.at('channel-deploys').click();
  });

  test('the strip of AWS shows every service at its desired count', async () => {
    await me.at('service-mailer').waitFor();
    const services = me.strip().locator('.service');
    expect(await services.count()).toBeGreaterThanOrEqual(14);
    expect(await me.strip().locator('.service:not(.good)').count()).toBe(0);
  });
});

describe('the first story', () => {
  test('goes by the keyboard: the command, the first field in focus, Escape', async () => {
    const { page } = me;
    await page.reload();
    await me.at('empty').waitFor();
    await me.type('/ecs-rotate');
    await me.at('modal').getByText('prod/ghcr-pull').waitFor();
    await page.setViewportSize({ width: 900, height: 700 });
    const [form, guide] = [await me.at('modal').boundingBox(), await me.at('panel').boundingBox()];
    expect((form?.x ?? 0) + (form?.width ?? 0)).toBeLessThanOrEqual(guide?.x ?? 0);
    await page.setViewportSize({ width: 1000, height: 1200 });
    await picture('form', me.at('modal'), page);
    await page.setViewportSize(wide);
    expect(await page.locator(':focus').getAttribute('aria-describedby')).toContain('login');
    await page.keyboard.press('Escape');
    await me.at('modal').waitFor({ state: 'hidden' });
    expect(await page.locator(':focus').getAttribute('data-testid')).toBe('composer-text');
  });

  test('a wrong token is told at its field, and the right one mends it', async () => {
    await me.ask();
    await me.token().fill('ghp_wrong');
    await me.at('submit').click();
    const field = me.at('modal').locator('.field.wrong');
    await field.waitFor();
    expect(await field.innerText()).toContain('ghcr.io refused this login. Nothing was stored.');
    expect(await field.locator('input:focus').count()).toBe(1);
    await me.paste('acme-pull, new token');
    await me.send();
    const asked = await me.story().innerText();
    expect(asked).toMatch(
      /Waiting for approval from @platform-approvers until \d\d:\d\d · asked by @Aya Tanaka/,
    );
    expect(asked).toContain('OK The new login may pull all');
    expect(asked).toContain('Can be undone: the login in use still works');
    expect(asked).toContain('Nothing is in use before approval.');
  });

  test('nothing overlaps at 900 pixels, with the guide or without', async () => {
    const { page } = me;
    await page.setViewportSize({ width: 900, height: 700 });
    expect(await overlaps(page)).toEqual([]);
    await page.getByRole('button', { name: 'Guide' }).click();
    expect(await overlaps(page)).toEqual([]);
    await page.setViewportSize({ width: 1000, height: 900 });
    await picture('approval', me.story(), page);
    await page.setViewportSize(wide);
    await page.getByRole('button', { name: 'Guide' }).click();
  });

  test('whoever asked is told privately that someone else must approve', async () => {
    await me.approve();
    await me.newest().getByText('someone else must approve it').waitFor();
    expect(await me.newest().innerText()).toContain('Only visible to you');
    expect(await me.strip().innerText()).toContain('prod/ghcr-pull acme-pull, old token');
    await me.become('ben');
    expect(await me.page.getByText('someone else must approve it').count()).toBe(0);
  });

  test('an approver sees the services and starts it', async () => {
    await me.story().getByTestId('action-show-services').click();
    await me.at('modal').getByText('First service').waitFor();
    expect(await me.at('modal').innerText()).toMatch(/Group 2[\s\S]*mailer · production[\s\S]*Left out/);
    await me.page.keyboard.press('Escape');
    await me.at('modal').waitFor({ state: 'hidden' });
    await me.story().getByTestId('action-approve').click();
    expect(await me.at('confirm').innerText()).toMatch(
      /Start now\?\s+Restarts \d+ services, staging first\./,
    );
    await me.at('confirm-ok').click();
  });

  test('the one message tells live how far it is, and at the end what to do', async () => {
    const seen = await frames(me.story(), /[4-9] of \d+ pulled/);
    await me.page.getByRole('button', { name: 'Guide' }).click();
    await me.page.setViewportSize({ width: 1000, height: 700 });
    await picture('progress', me.page, me.page);
    await me.page.setViewportSize(wide);
    await me.page.getByRole('button', { name: 'Guide' }).click();
    seen.push(...(await frames(me.story(), /Finished|Done/)));
    expect(new Set(seen).size).toBeGreaterThanOrEqual(6);
    expect(seen.join('\n')).toMatch(
      /Rolling out \d+ of \d+ pulled with the new login · 0 failed · group 2 of/,
    );
    // A daemon stops before its successor starts: that is told as it is, and is over at the end.
    expect(seen.at(-1)).toContain('Nothing is down.');
    expect(seen.at(-1)).toMatch(/Finished, \d not proven yet\. [\s\S]*Do not revoke the old login yet\./);
    await me.strip().getByText('acme-pull, new token').first().waitFor();
    expect(await me.strip().innerText()).toContain('prod/ghcr-pull acme-pull, new token');
  });
});

describe('further stories', () => {
  test('a killed bot starts again, goes on, and says that the old login can be revoked', async () => {
    await me.become('aya');
    await me.ask('Docker Hub');
    await me.paste('acmehub, new token');
    await me.send();
    await me.become('ben');
    await me.approve();
    await frames(me.story(), /in use|restarts|Rolling/);
    await me.at('knob-kill').click();
    const seen = await frames(me.story(), /Done\.|Finished|Paused/);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toMatch(/Done\.? .*You can revoke the old one\./);
  });

  test('a right taken away in the middle: it goes back by itself and says why in the thread', async () => {
    const { page } = me;
    await me.become('aya');
    await me.ask();
    await me.paste('acme-pull, another new token');
    await me.send();
    await me.become('ben');
    await me.approve();
    await me.at('knob-take-right').click();
    const seen = await frames(me.story(), /Went back/);
    expect(seen.at(-1)).toContain(
      'Went back. The old login is in use. Nothing is down. Reason in the thread.',
    );
    await me.story().getByTestId('thread-open').click();
    const reply = me
      .at('thread')
      .getByTestId('message')
      .filter({ hasText: 'could not pull with the new login' });
    const told = await reply.last().innerText();
    expect(told).toMatch(
      /@Aya Tanaka @Ben Okafor mailer-staging could not pull with the new login\. Nothing is down\./,
    );
    expect(told).toContain('ghcr.io accepts the login but does not let it read acme/mailer.');
    expect(told).toContain('The old login is back in use since');
    expect(await reply.last().locator('table').innerText()).toMatch(
      /ECS said[\s\S]*CannotPullContainerError/,
    );
    await me.strip().getByText('acme-pull, new token').first().waitFor();
    expect(await me.strip().locator('.service.bad').count()).toBe(0);
    await picture('failure', reply.last(), page);
    await page.setViewportSize({ width: 900, height: 700 });
    expect(await overlaps(page)).toEqual([]);
    await page.setViewportSize(wide);
  });
});

test('the page had no fault, and Ctrl+C ends the world and the bot', async () => {
  expect(faults).toEqual([]);
  await started.interrupt();
  expect(await started.hasEnded()).toBe(true);
});
