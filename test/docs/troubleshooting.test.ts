import { errorTexts } from '../../src/text/en/errors.ts';
import { linesOf } from './tracked-files.ts';

const headings = linesOf('docs/troubleshooting.md').flatMap((line) => /^### (.+)$/.exec(line)?.[1] ?? []);
const codes = Object.keys(errorTexts);

describe('docs/troubleshooting.md', () => {
  it('has one heading for each error code', () => {
    expect(codes.filter((code) => headings.filter((heading) => heading === code).length !== 1)).toEqual([]);
  });

  it('has no heading of a code that is gone', () => {
    expect(headings.filter((heading) => !codes.includes(heading))).toEqual([]);
  });

  it.each(codes)('says beneath %s what it means and what to do', (code) => {
    const lines = linesOf('docs/troubleshooting.md');
    const start = lines.indexOf(`### ${code}`);
    const end = lines.findIndex((line, at) => at > start && line.startsWith('#'));
    const beneath = lines.slice(start + 1, end < 0 ? undefined : end).join('\n');
    expect(beneath).toMatch(/\*\*Means\*\* .{20}/);
    expect(beneath).toMatch(/\*\*Do\*\* .{15}/);
  });
});
