import { type CheckReport, type Finding, type Weight, weightOf } from '../../rotation/rules/checks.ts';
import { slackDate } from '../../text/escape.ts';
import { labelled } from '../blocks.ts';
import { quote } from '../mrkdwn.ts';
import type { Scene } from './frame.ts';

const mostFindings = 14;
const mostNextSteps = 3;
const order: readonly Weight[] = ['stop', 'decide', 'ok', 'note'];

/** The checks with their time, what stops first; undefined where none has run. */
export function checksSection({ view: { report, rotation }, texts }: Scene) {
  if (!report) return undefined;
  const { approval } = texts;
  const findings = inOrder(report);
  const lines = findings
    .slice(0, mostFindings)
    .map((finding) => `*${approval.weights[weightOf(finding)]}*  ${sentence(finding)}`);
  const more = findings.length - lines.length;
  if (more > 0) lines.push(approval.moreFindings(more));
  return labelled(approval.checks(slackDate(report.at, 'time')), lines.join('\n'));

  function sentence(finding: Finding): string {
    if (finding.check === 'no-way-back') return whyNoWayBack() ?? told(finding);
    return told(finding);
  }

  function told(finding: Finding): string {
    return texts.checks.finding(finding.check, readyFacts(finding));
  }

  /** It may also be that the old login must not be used again, or could not be tried. */
  function whyNoWayBack(): string | undefined {
    if (rotation.ask.why === 'leaked') return approval.leakedUndo;
    return report?.oldLoginWorks === undefined ? approval.unknownUndo : undefined;
  }
}

/** What to do about what stops, each said once. */
export function nextSteps({ view: { report, rotation }, texts }: Scene): string {
  const stops = report ? inOrder(report).filter((finding) => weightOf(finding) === 'stop') : [];
  const userName = quote(rotation.ask.userName, 100);
  const steps = stops.map((finding) =>
    texts.checks.next(finding.check, { ...readyFacts(finding), userName }),
  );
  return [...new Set(steps.filter((step) => step !== undefined))].slice(0, mostNextSteps).join('\n');
}

/** Number of findings that the approver decides on. */
export function countDecisions(report: CheckReport | undefined): number {
  return report?.findings.filter((finding) => weightOf(finding) === 'decide').length ?? 0;
}

function inOrder(report: CheckReport): Finding[] {
  return [...report.findings].sort((a, b) => order.indexOf(weightOf(a)) - order.indexOf(weightOf(b)));
}

function readyFacts(finding: Finding): Record<string, string> {
  return Object.fromEntries(
    Object.entries(finding.facts).map(([name, value]) => [name, quote(String(value), 160)]),
  );
}
