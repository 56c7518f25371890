import { createChecker } from '../lambda/checker.ts';
import { deskRequest } from '../rotation/requests.ts';
import { fillForm } from '../slack/fill-form.ts';
import { textsFor } from '../text/catalogue.ts';
import { referable } from './guard.ts';
import { slackClient, slackKeys } from './slack-access.ts';
import { settingsOf } from './slack-settings.ts';
import { lazily, type WiringOptions, wire } from './wiring.ts';

/** Slow work for one person, after their click was acknowledged. It has no URL: the slack function invokes it. */
export const handler = lazily(() => createDeskHandler({ env: process.env }));

export function createDeskHandler(options: WiringOptions): (event: unknown) => Promise<void> {
  const { config, clock, log, ledger, lambda } = wire(options, 'desk');
  const keys = slackKeys(config);
  const checker = createChecker(lambda, config.functions.check);
  return async (event) => {
    try {
      const request = deskRequest.parse(event);
      const client = slackClient(config, log, await keys());
      const texts = textsFor('en');
      const scan = () => checker.scan();
      const deps = { client, clock, ledger, log, settings: settingsOf(config), texts, scan };
      await fillForm(deps, request);
    } catch (error) {
      throw referable(error, 'desk', log);
    }
  };
}
