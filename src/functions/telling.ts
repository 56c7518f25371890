import type { Announcer } from '../rotation/ports.ts';
import { createAnnouncer } from '../slack/announcer.ts';
import { textsFor } from '../text/catalogue.ts';
import { slackClient, slackKeys } from './slack-access.ts';
import type { Wiring } from './wiring.ts';

/** The one writer of rotation messages, for the functions that tell: the workflow and the keeper. */
export async function wireAnnouncer(wiring: Wiring): Promise<Announcer> {
  const { config, clock, log, ledger } = wiring;
  const { approvers, emergencyGroup, emergencyEnabled } = config;
  const emergency = emergencyEnabled && emergencyGroup ? { emergency: emergencyGroup } : {};
  return createAnnouncer({
    client: slackClient(config, log, await slackKeys(config)()),
    clock,
    log,
    ledger,
    texts: textsFor('en'),
    people: { approvers, ...emergency },
  });
}
