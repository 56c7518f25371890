import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { createAws } from '../aws.ts';
import { approvalsNeeded, type Config } from '../config.ts';
import { createEstate } from '../ecs/estate.ts';
import { diagnosePullFailure } from '../ecs/pull-failure.ts';
import { createChecker } from '../lambda/checker.ts';
import { createExecutions } from '../lambda/executions.ts';

import { defaultSettings, type StoryDeps, type StorySettings } from '../rotation/story-deps.ts';
import { createVerbs } from '../rotation/verbs.ts';
import { type RotationInput, rotate, type Verbs } from '../rotation/workflow.ts';
import { guard } from './guard.ts';
import { wireAnnouncer } from './telling.ts';
import { type WiringOptions, wire, wireCredentials } from './wiring.ts';

type Story = (input: RotationInput, context: DurableContext) => Promise<{ turns: number }>;

/** The workflow as AWS runs it: a durable function, started by its alias under a name made from the rotation. */
export const handler = withDurableExecution((input: RotationInput, context: DurableContext) =>
  story(input, context),
);

const story = createStory(() => ({ env: process.env }));

/** The workflow over whatever engine calls it. Wires itself on its first event. */
export function createStory(options: () => StoryOptions): Story {
  let verbs: Promise<Verbs> | undefined;
  return async (input, context) => {
    verbs ??= wireVerbs(options());
    // Only wiring throws, over a secret that could not be read: the next event tries again.
    verbs.catch(() => {
      verbs = undefined;
    });
    return rotate(input, context, await verbs);
  };
}

export interface StoryOptions extends WiringOptions {
  /** Shorter durations in a test. */
  readonly settings?: Partial<StorySettings>;
}

async function wireVerbs(options: StoryOptions): Promise<Verbs> {
  const wiring = wire(options, 'rotation');
  const { config, clock, ledger, wrap } = wiring;
  const aws = createAws(config);
  const deps: StoryDeps = {
    estate: wrap('estate', createEstate({ aws, clock, diagnose: diagnosePullFailure })),
    credentials: wireCredentials(wiring, aws),
    checker: wrap('checker', createChecker(wiring.lambda, config.functions.check)),
    ledger,
    announcer: wrap('announcer', await wireAnnouncer(wiring)),
    executions: createExecutions({ client: wiring.lambda, rotationFunction: config.functions.rotation }),
    clock,
    diagnose: diagnosePullFailure,
    settings: { ...settingsOf(config), ...options.settings },
  };
  return guard(createVerbs(deps), wiring.log);
}

function settingsOf(config: Config): StorySettings {
  return {
    ...defaultSettings,
    serviceLimitMs: config.serviceLimitMinutes * 60_000,
    groupPercent: config.waveSizePercent,
    approvalMs: config.approvalHours * 3_600_000,
    remindMs: config.remindMinutes * 60_000,
    emergency: { ...defaultSettings.emergency, enabled: config.emergencyEnabled },
    approvalsFor: (targets) => approvalsNeeded(config, targets),
  };
}
