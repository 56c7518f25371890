import { spawnSync } from 'node:child_process';
import { isPython, scriptPath } from './ask-script.ts';

/**
 * Debian's only Python 2.7 is Jython, which cannot run the script: it has neither fcntl nor ssl nor os.fchown. So it
 * is asked for the syntax and for the rest of the standard library alone; the suites run under a CPython 2.7 where
 * PYTHON27 or the path names one.
 */
const check = `
import re, sys
source = open(sys.argv[1]).read()
compile(source, sys.argv[1], 'exec')
named = re.findall(r'^import (\\w+)$', source, re.M) + ['httplib']
missing = []
for name in named:
    try:
        __import__(name)
    except ImportError:
        missing.append(name)
print(' '.join(sorted(missing)))
`;
const isHere = isPython('jython', '2.7');

(isHere ? test : test.skip)(
  `Python 2.7 takes the script's syntax and has its modules${isHere ? '' : ' (jython is not installed: apt-get install jython)'}`,
  () => {
    const checked = spawnSync('jython', ['-c', check, scriptPath], { encoding: 'utf8' });
    expect({ missing: checked.stdout.trim(), errors: checked.stderr }).toEqual({
      missing: 'fcntl ssl',
      errors: '',
    });
  },
  30_000,
);
