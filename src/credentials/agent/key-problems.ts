import type { Entry } from './entries.ts';
import { hostOf, isEcrHost, isEverUsed, isHubHost } from './keys.ts';
import { type Problem, type ProblemName, tellable } from './problems.ts';

/** What is wrong with keys, though each entry can be read. */
export function findKeyProblems(entries: readonly Entry[]): readonly Problem[] {
  return [
    ...schemeTwins(entries),
    ...entries.filter(({ login, token }) => login || token).flatMap(({ key }) => unusedBecause(key)),
    ...hostsWithoutKey(entries).map((host) => problem('host-key-missing', host)),
  ];
}

/** Keys that are one after the scheme is stripped: which login wins changes from start to start. */
function schemeTwins(entries: readonly Entry[]): Problem[] {
  const keys = entries.map(({ key }) => key);
  const twins = keys.filter((key, index) => keys.indexOf(key) !== index);
  return [...new Set(twins)].map((key) => problem('scheme-twins', key));
}

function unusedBecause(key: string): Problem[] {
  const host = hostOf(key);
  if (isEverUsed(key)) {
    return !isHubHost(host) && host !== host.toLowerCase() ? [problem('key-upper-case', key)] : [];
  }
  if (isHubHost(host)) return [problem('hub-key-never-used', key)];
  return [problem(isEcrHost(host) ? 'ecr-key-never-used' : 'key-never-matches', key)];
}

/** Hosts with several keys and none for the host alone: images that no key fits get any of them. */
function hostsWithoutKey(entries: readonly Entry[]): string[] {
  const keys = [...new Set(entries.map(({ key }) => key))].filter(isEverUsed);
  const hosts = [...new Set(keys.map(hostOf))].filter((host) => !isHubHost(host) && !keys.includes(host));
  return hosts.filter((host) => keys.filter((key) => hostOf(key) === host).length > 1);
}

function problem(name: ProblemName, key: string): Problem {
  return { name, ...tellable(key) };
}
