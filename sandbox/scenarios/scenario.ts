import type { EstatePlan } from '../estate/plan.ts';
import type { Stage } from './stage.ts';

/** How a scenario ends. `refused`: nothing changed. `paused`: a person must choose. `finished`: something is left. */
export type OutcomeWord =
  | 'done'
  | 'finished'
  | 'refused'
  | 'paused'
  | 'rolled-back'
  | 'cancelled'
  | 'expired';

/** One story, played through Slack against the stand-ins, that says how it must end. */
export interface Scenario {
  readonly name: string;
  /** What happens, in one sentence. */
  readonly title: string;
  readonly outcome: OutcomeWord;
  readonly estate?: (newToken: string) => EstatePlan;
  /** Settings of the product that differ (docs/install.md). */
  readonly settings?: Readonly<Record<string, string>>;
  /** How many times as fast as the machine's clock it runs; 150 where not given. */
  readonly speed?: number;
  /** Acts, and asserts what people see and what AWS holds. Throws where that is not so. */
  play(stage: Stage): Promise<void>;
}
