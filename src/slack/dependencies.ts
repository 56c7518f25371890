import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Executions, Ledger } from '../rotation/ports.ts';
import type { DeskRequest, StoreAnswer, StoreRequest } from '../rotation/requests.ts';
import type { Texts } from '../text/catalogue.ts';
import type { People } from './people.ts';
import type { SlackSettings } from './settings.ts';
import type { SlackClient } from './slack-client.ts';

/** The storing function, which has no URL and alone may write a login's value. */
export interface Storing {
  store(request: StoreRequest): Promise<StoreAnswer>;
}

/** Slow work for one person, done after the click was acknowledged. */
export interface Desk {
  hand(request: DeskRequest): Promise<void>;
}

/** What the listeners need of the world. src/functions joins it. */
export interface SlackDependencies {
  readonly settings: SlackSettings;
  readonly client: SlackClient;
  readonly people: People;
  readonly ledger: Ledger;
  readonly executions: Executions;
  readonly storing: Storing;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly log: Log;
  /** What an error text of ECS means; undefined where it tells of no failed pull. */
  readonly diagnose: (text: string) => Diagnosis | undefined;
  /** A short id that joins what a person is told with the log. */
  readonly newReference: () => string;
}

/** A class of failed pulls, as in the catalogue of causes. */
export interface Diagnosis {
  readonly class: string;
  readonly credentialTrouble: boolean;
  readonly unauthenticatedHint: boolean;
  readonly registry?: string | undefined;
  readonly repository?: string | undefined;
}
