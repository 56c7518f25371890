/** What the checks before approval can find, and what each finding weighs. */

/** `stop`: no Approve. `decide`: the approver sees and decides. `note`: worth knowing. `ok`: as it should be. */
export type Weight = 'stop' | 'decide' | 'note' | 'ok';

/** The one table of weights. */
export const checkWeights = {
  'login-refused': 'stop',
  'image-worse': 'stop',
  'role-cannot-read': 'stop',
  'owned-by-service': 'stop',
  replica: 'stop',
  'pending-deletion': 'stop',
  'changed-by-someone': 'stop',
  'image-undecided': 'decide',
  'image-perhaps-worse': 'decide',
  'login-undecided': 'decide',
  'rotation-on': 'decide',
  'deployment-in-progress': 'decide',
  'no-way-back': 'decide',
  'cannot-roll': 'decide',
  'runs-at-half': 'decide',
  'stops-first': 'note',
  'role-undecided': 'decide',
  'image-no-worse': 'note',
  'image-unreachable': 'decide',
  'moved-tag': 'note',
  'cannot-force': 'note',
  'next-start': 'note',
  'instances-none-ready': 'stop',
  'instances-not-ready': 'decide',
  'hosts-no-way-back': 'decide',
  'agent-config-broken': 'note',
  'agent-docker-type': 'note',
  'instances-ready': 'ok',
  'images-readable': 'ok',
  'images-public': 'note',
  'can-go-back': 'ok',
  'roles-can-read': 'ok',
} as const satisfies Record<string, Weight>;

export type CheckName = keyof typeof checkWeights;

/** One finding. `facts` fill the sentence of the catalogue and never hold a credential's value. */
export interface Finding {
  readonly check: CheckName;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** The result of one round of checks: one table item. */
export interface CheckReport {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly findings: readonly Finding[];
  /** Whether the login in use was accepted a moment ago; undefined where that could not be told. */
  readonly oldLoginWorks?: boolean;
  readonly images: number;
}

export function weightOf(finding: Finding): Weight {
  return checkWeights[finding.check];
}

/** Whether any finding forbids a start. */
export function isStopped(report: CheckReport): boolean {
  return report.findings.some((finding) => weightOf(finding) === 'stop');
}
