import type { Locator, Page } from 'playwright-core';

/** What a newcomer does and sees on the page. */
export class Newcomer {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  at(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** The newest message of the channel, not of a thread. */
  newest(): Locator {
    return this.page.locator('#messages').getByTestId('message').last();
  }

  /** The newest message about a login; private answers are none. */
  story(): Locator {
    return this.page.locator('#messages article:not(.ephemeral)').last();
  }

  strip(): Locator {
    return this.page.getByLabel('What AWS runs');
  }

  async become(name: string): Promise<void> {
    await this.at(`person-${name}`).click();
    await this.page.locator(`[data-testid=person-${name}][aria-pressed=true]`).waitFor();
  }

  /** Types a line into the composer, with the keyboard only. */
  async type(line: string): Promise<void> {
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  /** Asks for a new login by the command, and leaves the second form open. `login` begins an option's name. */
  async ask(login?: string): Promise<void> {
    await this.at('composer-text').focus();
    await this.type('/ecs-rotate');
    const menu = this.at('modal').getByLabel('Login', { exact: true });
    await menu.waitFor();
    if (login) {
      const option = await menu.locator('option', { hasText: login }).first().innerText();
      await menu.selectOption({ label: option });
      await this.at('modal').getByText('prod/hub-pull').waitFor();
    }
    await this.at('submit').click();
    await this.token().waitFor();
  }

  token(): Locator {
    return this.at('modal').getByLabel('New token');
  }

  /** Copies a token from the guide, which stays within reach beside a form, and pastes it into the form. */
  async paste(name: string): Promise<void> {
    await this.at('panel').locator('.copies li').filter({ hasText: name }).locator('.copy').click();
    await this.page.getByText('Copied.').first().waitFor();
    await this.token().focus();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.press('Control+V');
  }

  /** Sends the form and waits until it can be approved. */
  async send(): Promise<void> {
    await this.page.keyboard.press('Enter');
    await this.story().getByTestId('action-approve').waitFor({ timeout: 30_000 });
  }

  /** Presses Approve and Start. */
  async approve(): Promise<void> {
    await this.story().getByTestId('action-approve').click();
    await this.at('confirm-ok').click();
  }
}
