// TypeScript for jest through the esbuild that bundles the functions. CommonJS, so no experimental flag;
// import() becomes require(), since jest's CommonJS sandbox refuses a native one.
const { transformSync } = require('esbuild');

const options = {
  loader: 'ts',
  format: 'cjs',
  target: 'node24',
  sourcemap: 'inline',
  supported: { 'dynamic-import': false },
};

module.exports = {
  process: (source, sourcefile) => ({ code: transformSync(source, { ...options, sourcefile }).code }),
};
