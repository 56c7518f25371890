import type { PullFailureClass } from './classes.ts';

/**
 * A piece of the normalised text, or several that must all occur. Patterns repeat nothing without a bound,
 * so that a rule stays linear in a text of any length.
 */
export type Marker = string | RegExp | readonly (string | RegExp)[];

/** `class` is the answer when any marker of `when` occurs and none of `unless`. */
export interface Rule {
  readonly class: PullFailureClass;
  readonly when: readonly Marker[];
  readonly unless?: readonly Marker[];
}

/** The class of the first rule that holds for a normalised text. */
export function firstClass(rules: readonly Rule[], text: string): PullFailureClass | undefined {
  return rules.find((rule) => occursAny(rule.when, text) && !occursAny(rule.unless ?? [], text))?.class;
}

/** Whether any of the markers occurs in a normalised text. */
export function occursAny(markers: readonly Marker[], text: string): boolean {
  return markers.some((marker) =>
    isSeveral(marker) ? marker.every((one) => occurs(one, text)) : occurs(marker, text),
  );
}

function isSeveral(marker: Marker): marker is readonly (string | RegExp)[] {
  return Array.isArray(marker);
}

function occurs(marker: string | RegExp, text: string): boolean {
  return typeof marker === 'string' ? text.includes(marker) : marker.test(text);
}

/**
 * What the Amazon ECS developer guide lists for a registry, or AWS itself, that cannot be reached; and EOF,
 * a connection closed without an answer.
 */
export const networkMarkers: readonly Marker[] = [
  /dial (?:tcp|udp)/,
  'i/o timeout',
  'tls handshake timeout',
  'no such host',
  /connection (?:refused|reset|timed out)/,
  'client.timeout exceeded while awaiting headers',
  'request canceled while waiting for connection',
  'requestcanceled',
  'deadline exceeded',
  'network is unreachable',
  'no route to host',
  'connection issue between',
  'network configuration',
  'signal: killed',
  /(?:: |unexpected )eof\b/,
];
