/** `npm test`: everything, against real servers. `npm test -- unit e2e` runs those phases alone. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, fail, install, requireNode, root } from './bootstrap.mjs';

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

const totals = { passed: 0, failed: 0, skipped: 0 };
const reports = join('.cache', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

for (const [name, args] of Object.entries(CHECKS)) if (wanted(name)) phase(name, () => node(args));
for (const name of SUITES) if (wanted(name)) phase(name, () => suite(name));
finish(totals.failed === 0 && (totals.passed > 0 || phases.every((name) => name in CHECKS)));

function phase(name, work) {
  const began = Date.now();
  console.log(`\n── ${name}`);
  const ok = work();
  console.log(`── ${name} ${ok ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - began) / 1000)} s`);
  if (!ok) {
    if (name in CHECKS) totals.failed += 1;
    finish(false);
  }
}

function suite(name) {
  if (name !== 'unit') build();
  const report = join(reports, `${name}.json`);
  const ok = node([
    bin('vitest/vitest.mjs'),
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8'));
    totals.passed += numPassedTests;
    totals.failed += numFailedTests;
    totals.skipped += numPendingTests + numTodoTests;
    return ok && numPassedTests > 0;
  } catch {
    console.error(`${name} wrote no report.`);
    totals.failed += 1;
    return false;
  }
}

function node(args) {
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
}

function finish(ok) {
  console.log(
    `\n${totals.passed} passed, ${ok ? totals.failed : Math.max(1, totals.failed)} failed, ${totals.skipped} skipped`,
  );
  process.exit(ok ? 0 : 1);
}
