import type { RotationView } from '../../rotation/ports.ts';
import { isPlanned } from '../../rotation/rules/fleet-plan.ts';
import type { InstanceRecord } from '../../rotation/rules/instance.ts';
import type { Left } from '../../rotation/rules/rotation.ts';
import { quote } from '../mrkdwn.ts';
import type { Scene } from './frame.ts';
import type { StateOf } from './state-of.ts';

/** Hosts as they are told: how many change, how many have, how many are left. */
export function countHosts({ instances = [] }: RotationView) {
  const changing = instances.filter((record) => isPlanned(record) && record.progress.is !== 'gone');
  const done = changing.filter(({ progress }) => progress.is === 'changed');
  const left = instances.filter((record) => !isPlanned(record) && record.progress.is !== 'gone');
  return { changing: changing.length, done: done.length, left: left.length };
}

/** What the hosts get, before approval; empty where there are none. */
export function hostsGet({ view, texts }: Scene): string {
  const { instances = [] } = view;
  const { changing, left } = countHosts(view);
  const clusters = new Set(instances.filter(isPlanned).map(({ credentialId }) => credentialId)).size;
  if (changing === 0) return '';
  return [texts.fleet.gets(changing, clusters), texts.fleet.leaves(left)].filter(Boolean).join(' ');
}

/** The first sentence of the dialog; empty where no host changes. Plain text. */
export function hostsConsequence({ view, texts }: Scene): string {
  const { changing, left } = countHosts(view);
  return changing === 0 ? '' : texts.fleet.consequence(changing, left);
}

/** How far the hosts have come. */
export function hostProgress({ view, texts }: Scene, state: StateOf<'fleet'>): string {
  const { done, changing } = countHosts(view);
  const first = view.instances?.find(isFirst);
  if (state.wave >= state.waves) return texts.fleet.lookingAgain;
  if (done === 0 && state.wave === 0 && first) return texts.fleet.firstHost(quote(first.instance.name, 60));
  return texts.fleet.changing(done, changing, state.wave + 1, state.waves);
}

/** Hosts that still hold the new login on the way back. */
export function hostsToGoBack({ instances = [] }: RotationView): number {
  return instances.filter(({ progress }) => progress.is === 'changed').length;
}

/** Hosts that have the new login, and on which no task has pulled with it yet; empty where all were seen to. */
export function hostsNotSeen({ view, texts }: Scene): string {
  const seen = new Set(
    view.consumers.flatMap(({ verdict }) => (verdict.is === 'pulled' ? (verdict.hosts ?? []) : [])),
  );
  const names = (view.instances ?? [])
    .filter(({ instance, progress }) => progress.is === 'changed' && !seen.has(instance.name))
    .map(({ instance }) => quote(instance.name, 60));
  return texts.fleet.notSeen(names);
}

/** Which hosts are left at the end, and until when, and of which it is not known what they use; empty where none is. */
export function hostsLeft({ view, texts }: Scene, left: readonly Left[], wentBack: boolean): string {
  const ids = new Set(view.instances?.map(({ instance }) => instance.id));
  const hosts = left.filter(({ consumerId }) => ids.has(consumerId));
  const namesOf = (some: readonly Left[]) => some.map(({ name }) => quote(name, 60));
  if (wentBack) return texts.fleet.leftBack(namesOf(hosts));
  const isOpen = ({ because }: Left) => because === 'failed' || because === 'under-way';
  return [
    texts.fleet.left(namesOf(hosts.filter((one) => !isOpen(one)))),
    texts.fleet.leftOpen(namesOf(hosts.filter(isOpen))),
  ]
    .filter(Boolean)
    .join(' ');
}

function isFirst({ planned }: InstanceRecord): boolean {
  return planned.action === 'change' && planned.wave === 0;
}
