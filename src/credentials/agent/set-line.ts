import { type ConfigLine, settingsIn, textOf } from './lines.ts';

/** Sets the line in force, which is the last of its name, and removes the earlier ones: they hold a login too. */
export function setLine(lines: readonly ConfigLine[], name: string, value: string): string {
  const own = settingsIn(lines).filter((setting) => setting.name === name);
  const last = own.at(-1)?.line;
  const content = `${name}=${value}`;
  if (last === undefined) return appendLine(textOf(lines), content);
  const earlier = new Set(own.slice(0, -1).map(({ line }) => line));
  const changed = lines.map((line, index) => (index + 1 === last ? { ...line, content } : line));
  return textOf(changed.filter((_, index) => !earlier.has(index + 1)));
}

/** With the line ends of the file. A new last line always ends, so that what is appended later does not run into it. */
function appendLine(text: string, content: string): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return `${text}${text === '' || text.endsWith('\n') ? '' : end}${content}${end}`;
}
