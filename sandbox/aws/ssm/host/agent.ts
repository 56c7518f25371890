import { appendFileSync } from 'node:fs';
import type { Clock } from '../../../../src/clock.ts';
import type { HostDirectory } from './directory.ts';
import { type AgentLogin, readAgentLogins, readEnvironment } from './ecs-init.ts';

/** How the agent of an instance behaves; may be changed while it runs. */
export interface AgentKnobs {
  /** From the restart to the new container, in ms of the sandbox's clock. */
  startMs: number;
  /** From there to its introspection's first answer. */
  connectMs: number;
  /** Whether the agent comes up with this environment; it does by default. */
  comesBack: (environment: Readonly<Record<string, string>>) => boolean;
}

export interface AgentOptions {
  readonly clock: Clock;
  readonly directory: HostDirectory;
  readonly cluster: string;
  readonly containerInstanceArn: string;
  /** Told at every start with the logins the agent then has, for whoever plays its pulls. */
  readonly onStart?: (logins: readonly AgentLogin[]) => void;
}

/** The ECS agent of one instance, as far as it shows on the host. */
export interface Agent {
  readonly knobs: AgentKnobs;
  /** How often it was told to start, the first start not counted. */
  readonly restarts: number;
  start(): void;
  /** False where it was down already, as upstart's `stop` then fails. */
  stop(): boolean;
  /** Of `docker inspect`; undefined where there is no container. */
  container(): Record<string, unknown> | undefined;
  /** Of its introspection; undefined where it does not answer. */
  metadata(): Record<string, unknown> | undefined;
}

const version = 'Amazon ECS Agent - v1.106.1 (00000000)';

/** An agent that is up, with what the files hold at this moment. */
export function createAgent(options: AgentOptions): Agent {
  const { clock, cluster, containerInstanceArn } = options;
  const knobs: AgentKnobs = { startMs: 0, connectMs: 0, comesBack: () => true };
  let up: { startedAt: string; environment: Record<string, string>; connected: boolean } | undefined;
  let restarts = -1;
  let cancel = (): void => undefined;
  const boot = (): void => {
    const environment = readEnvironment([options.directory.beneath, options.directory.ecsConfig]);
    if (!knobs.comesBack(environment)) return;
    const started = { startedAt: startTime(clock, restarts), environment, connected: false };
    up = started;
    const { logins, warnings } = readAgentLogins(environment);
    log(options, warnings);
    options.onStart?.(logins);
    cancel = soon(clock, knobs.connectMs, () => {
      started.connected = true;
    });
  };
  const agent: Agent = {
    knobs,
    get restarts() {
      return restarts;
    },
    start() {
      cancel();
      restarts += 1;
      cancel = soon(clock, knobs.startMs, boot);
    },
    stop() {
      const wasUp = up !== undefined;
      cancel();
      up = undefined;
      return wasUp;
    },
    container: () =>
      up && {
        Name: '/ecs-agent',
        State: { Running: true, StartedAt: up.startedAt },
        Config: { Env: Object.entries(up.environment).map(([name, value]) => `${name}=${value}`) },
      },
    metadata: () =>
      up?.connected
        ? { Cluster: cluster, ContainerInstanceArn: containerInstanceArn, Version: version }
        : undefined,
  };
  agent.start();
  return agent;
}

function soon(clock: Clock, ms: number, action: () => void): () => void {
  if (ms > 0) return clock.after(ms, action);
  action();
  return () => undefined;
}

/** As docker writes it, with nanoseconds, so that two starts within a millisecond differ. */
const startTime = (clock: Clock, count: number): string =>
  new Date(clock.now()).toISOString().replace('Z', `${String(count % 1_000_000).padStart(6, '0')}Z`);

function log({ clock, directory }: AgentOptions, warnings: readonly string[]): void {
  const time = new Date(clock.now()).toISOString();
  const lines = [
    `level=info time=${time} msg="Loading configuration"`,
    ...warnings.map((text) => `level=warn time=${time} msg="${text}"`),
  ];
  appendFileSync(directory.agentLog, `${lines.join('\n')}\n`);
}
