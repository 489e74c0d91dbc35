/** `npm test`: everything, against real servers. `npm test -- unit e2e` runs those phases alone. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
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
const SUITES = ['unit', 'integration', 'e2e', 'console', 'chaos', 'timing'];
const ALL = [...Object.keys(CHECKS), ...SUITES];
/** Waits more than it works, and has servers of its own. */
const BESIDE = 'chaos';
/** Measures times, so nothing else runs. */
const ALONE = 'timing';

const phases = process.argv.slice(2);
const unknown = phases.filter((name) => !ALL.includes(name));
if (unknown.length > 0) fail(`Unknown phase ${unknown.join(', ')}; there are ${ALL.join(', ')}.`);
const wanted = ALL.filter((name) => phases.length === 0 || phases.includes(name));

const tally = new Tally();
const reports = join('.cache', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/** Once is enough where it fails. */
const built = wanted.every((name) => name in CHECKS || name === 'unit') || (await node(['tools/build.mjs']));
const inTurn = wanted.filter((name) => name !== BESIDE && name !== ALONE);
const beside = wanted.includes(BESIDE) && inTurn.length > 0 ? phaseBeside(BESIDE) : undefined;
for (const name of inTurn) {
  await phase(name);
  if (beside?.ended) beside.print(); // between two phases, so that each one's lines stay together
}
if (beside) {
  await beside.done;
  beside.print();
} else if (wanted.includes(BESIDE)) await phase(BESIDE);
if (wanted.includes(ALONE)) await phase(ALONE);
console.log(`\n${tally.lines().join('\n')}`);
process.exit(tally.ok ? 0 : 1);

/** A phase that fails keeps no later one from running: a run says everything that is wrong. */
async function phase(name) {
  console.log(`\n── ${name}`);
  console.log(await work(name, 'inherit'));
}

/** Its lines go to a file, and are printed once it has ended. */
function phaseBeside(name) {
  const file = join(reports, `${name}.log`);
  console.log(`\n── ${name} runs beside the others; until it has ended its lines are in ${file}`);
  const output = openSync(file, 'w');
  const beside = {
    ended: false,
    print: () => {
      if (beside.printed) return;
      beside.printed = true;
      console.log(`\n── ${name}\n${readFileSync(file, 'utf8')}${beside.result}`);
    },
  };
  beside.done = work(name, ['ignore', output, output]).then((result) => {
    closeSync(output);
    Object.assign(beside, { ended: true, result });
  });
  return beside;
}

/** Answers the line that says how it ended. */
async function work(name, stdio) {
  const began = Date.now();
  const ok = name in CHECKS ? await check(name, stdio) : await suite(name, stdio);
  return `── ${name} ${ok ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - began) / 1000)} s`;
}

async function check(name, stdio) {
  return tally.addCheck(name, await node(CHECKS[name], stdio));
}

async function suite(name, stdio) {
  if (!built && name !== 'unit') return tally.addSuite(name, false, undefined);
  const file = join(reports, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ok = await node([bin('vitest/vitest.mjs'), 'run', '--project', name, ...reporters], stdio);
  return tally.addSuite(name, ok, read(file));
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

/** Whether the program ended well. */
async function node(args, stdio = 'inherit') {
  const [code] = await once(spawn(process.execPath, args, { stdio }), 'exit');
  return code === 0;
}
