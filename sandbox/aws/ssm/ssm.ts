import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../src/clock.ts';
import { createTimers } from '../ecs/timers.ts';
import type { AwsService } from '../operation.ts';
import type { CommandDocument } from './command-document.ts';
import type { AgentLogin } from './host/ecs-init.ts';
import { type Host, type HostOptions, startHost } from './host/host.ts';
import { nodeOperations } from './operations/nodes.ts';
import { readOperations } from './operations/read-commands.ts';
import { sendOperations } from './operations/send-command.ts';
import type { CommandRecord, NodeRecord, SsmKnobs, SsmState } from './state.ts';

export interface SsmOptions {
  readonly clock: Clock;
  /** A directory of the stand-in's own for the instances' files; keep its path short, as sockets lie in it. */
  readonly root: string;
  /** The Command documents of the account, by name. */
  readonly documents: Readonly<Record<string, CommandDocument>>;
  /** The port of the server this service is registered with; asked for when a node is added. */
  readonly awsPort: () => number;
  /** How a node's host is made; by default one that runs scripts under bubblewrap. */
  readonly startHost?: typeof startHost;
}

export interface NewNode
  extends Pick<
    HostOptions,
    | 'family'
    | 'cluster'
    | 'containerInstanceArn'
    | 'config'
    | 'credentials'
    | 'userData'
    | 'python'
    | 'mounts'
  > {
  /** The EC2 instance's id. */
  readonly instanceId: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Told at every start of its agent. */
  readonly onAgentStart?: (logins: readonly AgentLogin[]) => void;
}

/** Systems Manager of one account and region, as far as Run Command goes. */
export interface Ssm {
  readonly service: AwsService;
  readonly knobs: SsmKnobs;
  /** Builds a container instance and manages it. Throws where the id is taken. */
  addNode(node: NewNode): Promise<Host>;
  /** The node with its knobs. Throws where there is none. */
  node(instanceId: string): NodeRecord;
  /** Newest first; an invocation holds its whole output. */
  commands(): readonly CommandRecord[];
  /** Ends all nodes, their running scripts and directories. */
  close(): Promise<void>;
}

/** Run Command that really runs: every command as root of the node's own directories, isolated with bubblewrap. */
export function createSsm(options: SsmOptions): Ssm {
  const timers = createTimers(options.clock);
  const knobs: SsmKnobs = { lagMs: 0, maxPage: 50 };
  const state: SsmState = { nodes: new Map(), commands: [], knobs };
  return {
    service: {
      target: 'AmazonSSM',
      operations: {
        ...sendOperations(state, timers, options.documents),
        ...readOperations(state, timers),
        ...nodeOperations(state, timers),
      },
    },
    knobs,
    async addNode(node) {
      if (state.nodes.has(node.instanceId)) throw new Error(`There is a node ${node.instanceId} already`);
      const added = await addNode(options, node);
      state.nodes.set(node.instanceId, added);
      return added.host;
    },
    node(instanceId) {
      const node = state.nodes.get(instanceId);
      if (!node) throw new Error(`No node ${instanceId}`);
      return node;
    },
    commands: () => state.commands,
    async close() {
      timers.close();
      for (const { invocations } of state.commands) for (const { stop } of invocations) stop.abort();
      await Promise.all([...state.nodes.values()].map(({ host }) => host.close()));
    },
  };
}

async function addNode(options: SsmOptions, node: NewNode): Promise<NodeRecord> {
  const { instanceId, family, tags = {}, ...rest } = node;
  const root = join(options.root, instanceId);
  mkdirSync(root);
  const start = options.startHost ?? startHost;
  const host = await start({ ...rest, family, root, clock: options.clock, awsPort: options.awsPort() });
  return { instanceId, family, tags, host, ping: 'online', deliveryMs: 0 };
}
