import type { Ledger } from '../../src/rotation/ports.ts';
import type { Rotation } from '../../src/rotation/rules/rotation.ts';
import type { World } from '../world.ts';
import type { OutcomeWord } from './scenario.ts';
import type { Stage } from './stage.ts';

/** What `npm run demo -- --json` prints. */
export interface ScenarioReport {
  readonly scenario: string;
  readonly outcome: OutcomeWord;
  /** Word of the verdict by service. */
  readonly verdicts: Readonly<Record<string, string>>;
  readonly left: readonly string[];
  /** What the channel shows, and the replies beneath. */
  readonly messages: readonly string[];
  /** Calls that AWS answered, by operation. */
  readonly calls: Readonly<Record<string, number>>;
  /** Version ids by secret: in use now, in use before, and holding the new login. */
  readonly current: Readonly<Record<string, string>>;
  readonly base: Readonly<Record<string, string>>;
  readonly staged: Readonly<Record<string, string>>;
  /** Id of the rotation that holds the registry, or null. */
  readonly lock: string | null;
}

/** Gathers it from the table, Slack and AWS, not from what the scenario believes. */
export async function reportOn(
  scenario: string,
  stage: Stage,
  ledger: Ledger,
  registry: string,
): Promise<ScenarioReport> {
  const open = await ledger.open(registry);
  const [latest] = open ? [open] : await ledger.history(registry, 1);
  const records = latest ? await ledger.consumers(latest) : [];
  const credentials = latest?.credentials ?? [];
  return {
    scenario,
    outcome: outcomeOf(latest),
    verdicts: Object.fromEntries(records.map(({ consumer, verdict }) => [consumer.name, wordOf(verdict)])),
    left:
      latest?.state.phase === 'closed'
        ? latest.state.left.map(({ name, because }) => `${name}: ${because}`)
        : [],
    messages: messagesOf(stage.world),
    calls: callsOf(stage.world),
    current: currentVersions(stage.world),
    base: Object.fromEntries(credentials.map(({ name, baseVersionId }) => [name, baseVersionId])),
    staged: Object.fromEntries(credentials.map(({ name, stagedVersionId }) => [name, stagedVersionId])),
    lock: open?.id ?? null,
  };
}

/** A request that never became a rotation changed nothing. */
export function outcomeOf(rotation: Rotation | undefined): OutcomeWord {
  if (!rotation) return 'refused';
  if (rotation.state.phase === 'closed') return rotation.state.outcome;
  return 'paused';
}

function wordOf(verdict: { is: string; because?: string }): string {
  return verdict.is === 'unproven' ? `unproven:${verdict.because}` : verdict.is;
}

function messagesOf({ slack }: World): string[] {
  return slack.state.messages
    .filter(({ onlyFor }) => onlyFor === undefined)
    .map((message) => `${message.threadTs ? '  ' : ''}${slack.textOf(message)}`);
}

function callsOf({ targets }: World): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { server } of targets.values()) {
    for (const { operation } of server.calls) counts[operation] = (counts[operation] ?? 0) + 1;
  }
  return counts;
}

function currentVersions({ targets }: World): Record<string, string> {
  const entries = [...targets.values()].flatMap(({ secrets }) =>
    secrets.names().map((name) => {
      const version = secrets.versionsOf(name).find(({ labels }) => labels.includes('AWSCURRENT'));
      return [name, version?.id ?? ''] as const;
    }),
  );
  return Object.fromEntries(entries);
}
