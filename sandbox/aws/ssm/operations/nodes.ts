import type { Timers } from '../../ecs/timers.ts';
import { seconds } from '../../ecs/wire/times.ts';
import type { Operation, WireObject } from '../../operation.ts';
import { objectsOf, textOf, textsOf } from '../../secrets/input.ts';
import type { HostFamily } from '../host/directory.ts';
import { pageOf } from '../page.ts';
import { refusals } from '../refusals.ts';
import type { NodeRecord, SsmState } from '../state.ts';

/** DescribeInstanceInformation, by ids, by ping status, or everything. A stopped node is not told of. */
export function nodeOperations(state: SsmState, timers: Timers): Record<string, Operation> {
  return {
    DescribeInstanceInformation(input) {
      const filters = objectsOf(input, 'Filters');
      const known = [...state.nodes.values()].filter(({ ping }) => ping !== 'stopped');
      const found = known.filter((node) => filters.every((filter) => fits(node, filter)));
      const { items, ...rest } = pageOf(found, input, state.knobs.maxPage);
      return { InstanceInformationList: items.map((node) => describeNode(node, timers.now())), ...rest };
    },
  };
}

function fits(node: NodeRecord, filter: WireObject): boolean {
  const values = textsOf(filter, 'Values');
  switch (textOf(filter, 'Key')) {
    case 'InstanceIds':
      return values.includes(node.instanceId);
    case 'PingStatus':
      return values.includes(pingStatus(node));
    default:
      throw refusals.invalid('filters', `${textOf(filter, 'Key')} is not in this stand-in`);
  }
}

const pingStatus = ({ ping }: NodeRecord): string => (ping === 'online' ? 'Online' : 'ConnectionLost');

function describeNode(node: NodeRecord, now: number): WireObject {
  return {
    InstanceId: node.instanceId,
    PingStatus: pingStatus(node),
    LastPingDateTime: seconds(now),
    AgentVersion: '3.3.3050.0',
    IsLatestVersion: false,
    PlatformType: 'Linux',
    PlatformName: 'Amazon Linux',
    PlatformVersion: versions[node.family],
    ResourceType: 'EC2Instance',
  };
}

const versions: Record<HostFamily, string> = { al1: '2018.03', al2: '2', al2023: '2023' };
