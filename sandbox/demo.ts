/* biome-ignore-all lint/suspicious/noConsole: this is a command that prints */
import { parseArgs } from 'node:util';
import { scenarios } from './scenarios/index.ts';
import { runScenario } from './scenarios/run.ts';
import type { Scenario } from './scenarios/scenario.ts';

/**
 * `npm run demo`: the story in the terminal. `-- --list` names the scenarios; `-- --scenario NAME [--json]` plays one;
 * the exit status is 0 only where it ended as it says.
 */
const told = ['good', 'denied', 'stale'];

const { values } = parseArgs({
  options: { list: { type: 'boolean' }, scenario: { type: 'string' }, json: { type: 'boolean' } },
});
const print = reportOnly();
process.exit(await main());

/** The product logs to stdout, as Lambda keeps it; here that belongs to the report alone. */
function reportOnly(): (text: string) => void {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return (text) => void write(`${text}\n`);
}

async function main(): Promise<number> {
  if (values.list) return list();
  const names = values.scenario ? [values.scenario] : told;
  for (const name of names) {
    const scenario = scenarios.find((known) => known.name === name);
    if (!scenario) {
      console.error(`There is no scenario "${name}". npm run demo -- --list names them.`);
      return 2;
    }
    if (!(await play(scenario))) return 1;
  }
  return 0;
}

function list(): number {
  for (const { name, outcome, title } of scenarios)
    print(`${name.padEnd(18)} ${outcome.padEnd(12)} ${title}`);
  return 0;
}

async function play(scenario: Scenario): Promise<boolean> {
  if (!values.json) print(`\n# ${scenario.name}: ${scenario.title}\n`);
  try {
    const report = await runScenario(scenario);
    if (values.json) print(JSON.stringify(report));
    else print(`${report.messages.join('\n\n')}\n\n-> ${report.outcome}${leftOf(report.left)}`);
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

function leftOf(left: readonly string[]): string {
  return left.length > 0 ? `, left: ${left.join('; ')}` : '';
}
