import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of the script in their order. An instance gets one file: nothing can be installed there. */
const parts = [
  '1_modes',
  '2_configuration',
  '3_logins',
  '4_merging',
  '5_secret',
  '6_writing',
  '7_agent',
  '8_telling',
] as const;

/** The Python script that runs on container instances, put together. `root`: where the project's files are. */
export function readInstanceScript(root = process.cwd()): string {
  const directory = join(root, 'src/credentials/agent/instance/script');
  return parts.map((part) => readFileSync(join(directory, `${part}.py`), 'utf8')).join('');
}
