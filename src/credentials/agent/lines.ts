/**
 * The lines of ecs.config as ecs-init reads them (aws/amazon-ecs-agent, ecs-init/docker/docker.go, getEnvVars): split
 * at LF, trimmed, split at the first `=`. No quotes, comments, `export` or continued lines.
 */
export interface ConfigLine {
  /** Blanks before and after; a CR of CRLF is one of them. */
  readonly lead: string;
  readonly content: string;
  readonly trail: string;
}

/** A variable as a line defines it: blanks around `=` are part of name and value. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

/** Joined by `lead + content + trail` and LF they are the text again. */
export function linesOf(text: string): readonly ConfigLine[] {
  return text.split('\n').map((line) => {
    const content = trimBlanks(line);
    const start = content === '' ? line.length : line.indexOf(content);
    return { lead: line.slice(0, start), content, trail: line.slice(start + content.length) };
  });
}

export function textOf(lines: readonly ConfigLine[]): string {
  return lines.map(({ lead, content, trail }) => lead + content + trail).join('\n');
}

/** Lines without `=` define nothing. */
export function settingsIn(lines: readonly ConfigLine[]): readonly Setting[] {
  return lines.flatMap(({ content }, index) => {
    const at = content.indexOf('=');
    return at === -1 ? [] : [{ name: content.slice(0, at), value: content.slice(at + 1), line: index + 1 }];
  });
}

/** White space by Go's unicode.IsSpace: U+0085 is, a byte order mark is not, the other way round than `trim`. */
const blanks = new Set('\t\n\v\f\r \u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000');
for (let code = 0x2000; code <= 0x200a; code += 1) blanks.add(String.fromCharCode(code));

export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && blanks.has(text.charAt(start))) start += 1;
  while (end > start && blanks.has(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
