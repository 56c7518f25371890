import { BlockList, isIP } from 'node:net';

// RFC 6890's special-purpose blocks that can lead to this machine, its neighbours or a cloud's metadata.
const localBlocks = blockList(
  ['0.0.0.0', 8, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  // The metadata address of EC2 over IPv6 and its fellows; it lies within fc00::/7.
  ['fd00:ec2::', 32, 'ipv6'],
);

const privateBlocks = blockList(
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
);

/** Whether a host of a URL is this machine or its link, metadata services included: no registry is there. */
export function isLocal(host: string): boolean {
  const name = bare(host);
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  return within(localBlocks, name);
}

/** Whether a host of a URL is an address of a private network, or local. Names are not looked up. */
export function isPrivate(host: string): boolean {
  return isLocal(host) || within(privateBlocks, bare(host));
}

/** Whether a host of a URL is an address and not a name. */
export function isAddress(host: string): boolean {
  return isIP(bare(host)) !== 0;
}

function bare(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

function within(blocks: BlockList, name: string): boolean {
  const family = isIP(name);
  return family !== 0 && blocks.check(name, family === 4 ? 'ipv4' : 'ipv6');
}

function blockList(
  ...subnets: (readonly [net: string, prefix: number, family: 'ipv4' | 'ipv6'])[]
): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) list.addSubnet(...subnet);
  return list;
}
