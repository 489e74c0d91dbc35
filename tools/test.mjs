/** `npm test`: everything, against real servers. `npm test -- unit e2e` runs those phases alone. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, install, requireNode, root } from './bootstrap.mjs';
import { Tally } from './tally.mjs';

process.chdir(root);
requireNode();
install();

const bin = (path) => join('node_modules', path);
const CHECKS = {
  format: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
  lint: [bin('oxlint/bin/oxlint'), 'apps', 'libs', 'test', 'tools'],
  types: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'],
  'console-types': [bin('typescript/bin/tsc'), '-p', 'apps/console'],
  imports: [bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'apps', 'libs', 'test', 'tools'],
};
const SUITES = ['unit', 'integration', 'e2e', 'console', 'chaos'];
const phases = process.argv.slice(2);
const wanted = (name) => phases.length === 0 || phases.includes(name);
const unknown = phases.filter((name) => !(name in CHECKS) && !SUITES.includes(name));
if (unknown.length > 0)
  fail(`Unknown phase ${unknown.join(', ')}; there are ${[...Object.keys(CHECKS), ...SUITES].join(', ')}.`);

const tally = new Tally();
const reports = join('.cache', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
let built;

// one that fails keeps no later one from running: a run says everything that is wrong
for (const [name, args] of Object.entries(CHECKS)) if (wanted(name)) phase(name, () => check(name, args));
for (const name of SUITES) if (wanted(name)) phase(name, () => suite(name));
console.log(`\n${tally.lines().join('\n')}`);
process.exit(tally.ok ? 0 : 1);

function phase(name, work) {
  const began = Date.now();
  console.log(`\n── ${name}`);
  const failures = tally.failures.length;
  work();
  const ok = tally.failures.length === failures;
  console.log(`── ${name} ${ok ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - began) / 1000)} s`);
}

function check(name, args) {
  tally.addCheck(name, node(args));
}

function suite(name) {
  built ??= name === 'unit' ? undefined : node(['tools/build.mjs']); // once is enough where it fails
  if (built === false) return tally.addSuite(name, false, undefined);
  const file = join(reports, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ok = node([bin('vitest/vitest.mjs'), 'run', '--project', name, ...reporters]);
  tally.addSuite(name, ok, read(file));
}

/** Nothing where the suite ended before it could write it. */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(`No report: ${error.message}`);
    return undefined;
  }
}

function node(args) {
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
}
