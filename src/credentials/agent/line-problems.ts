import { type Beneath, DATA, TYPE } from './layers.ts';
import { type ConfigLine, linesOf, settingsIn } from './lines.ts';
import type { Problem, ProblemName, Source } from './problems.ts';

/** Lines that look as if they set the login and do not. */
export function findLineProblems(own: readonly ConfigLine[], { varLib = '' }: Beneath): readonly Problem[] {
  return [...problemsIn(own, 'ecs.config'), ...problemsIn(linesOf(varLib), 'var-lib')];
}

function problemsIn(lines: readonly ConfigLine[], source: Source): Problem[] {
  return lines.flatMap(({ content }, index) => {
    const name = oddityOf(content) ?? (isOverruled(lines, index) ? 'line-repeated' : undefined);
    return name ? [{ name, source, line: index + 1 }] : [];
  });
}

/** A line about our settings whose name is not quite one of them. */
function oddityOf(content: string): ProblemName | undefined {
  const meant =
    /^(\uFEFF?)(#*)\s*(?:(?:export|set)\s+)?["']?ECS_ENGINE_AUTH_(?:TYPE|DATA)(?![A-Z0-9_])/i.exec(content);
  if (!meant || content.startsWith(`${TYPE}=`) || content.startsWith(`${DATA}=`)) return undefined;
  const [, mark, comment] = meant;
  if (mark) return 'byte-order-mark';
  return comment ? 'line-commented' : 'line-misnamed';
}

/** The last line of a name wins. */
function isOverruled(lines: readonly ConfigLine[], index: number): boolean {
  const settings = settingsIn(lines).filter(({ name }) => name === TYPE || name === DATA);
  const own = settings.find(({ line }) => line === index + 1);
  return own !== undefined && settings.some(({ name, line }) => name === own.name && line > own.line);
}
