/**
 * `npm test`: everything, against real servers. `npm test -- unit e2e` runs those phases alone, `npm test -- PATH` a test
 * file, or all below a folder, in its phase. `npm run test:watch -- PATH` runs them again after each change.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compiler, fail, install, requireNode, root } from './bootstrap.mjs';
import { Tally } from './tally.mjs';
import { select } from './test-selection.mjs';

process.chdir(root);
requireNode();
install();

const bin = (path) => join('node_modules', path);
const COMMANDS = {
  format: [bin('oxfmt/bin/oxfmt'), '--check'],
  lint: [bin('oxlint/bin/oxlint'), 'apps', 'libs', 'test', 'tools'],
  types: [...compiler, '--noEmit', '-p', 'tsconfig.json'],
  'console-types': [...compiler, '-p', 'apps/console'],
  imports: [bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'apps', 'libs', 'test', 'tools'],
};
/** Lines of phases that run beside the first one: each has servers of its own, and waits for much. */
const BESIDE = [['answers', 'console'], ['chaos']];
/** Measures times, so nothing else runs. */
const ALONE = 'timing';

const args = process.argv.slice(2);
const watching = args[0] === '--watch';
const { phases: wanted, paths } = selectOrExit(watching ? args.slice(1) : args);
if (watching) process.exit(await watch());

const tally = new Tally();
const reports = join('.cache', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/** Once is enough where it fails. */
const built = wanted.every((name) => name in COMMANDS || name === 'unit') || (await node(['tools/build.mjs']));
const [first, ...others] = wanted.filter((name) => name !== ALONE);
const isBeside = (name) => BESIDE.flat().includes(name) && name !== first;
const beside = BESIDE.flatMap((line) => lineBeside(line.filter((name) => others.includes(name))));
for (const name of [first, ...others.filter((name) => !isBeside(name))].filter(Boolean)) {
  await phase(name);
  for (const { ended, print } of beside) if (ended()) print(); // between two phases, so that each one's lines stay together
}
for (const { done, print } of beside) {
  await done;
  print();
}
if (wanted.includes(ALONE)) await phase(ALONE);
console.log(`\n${tally.lines().join('\n')}`);
process.exit(tally.ok ? 0 : 1);

function selectOrExit(given) {
  try {
    return select(given);
  } catch (error) {
    return fail(error.message);
  }
}

/** Until Ctrl-C: the unit tests, or what was asked for. Answers the exit code. */
async function watch() {
  const suites = args.length > 1 ? wanted.filter((name) => !(name in COMMANDS)) : ['unit'];
  if (suites.length === 0) fail('Only tests can be watched.');
  if (suites.some((name) => name !== 'unit') && !(await node(['tools/build.mjs']))) return 1;
  const projects = suites.flatMap((name) => ['--project', name]);
  return (await node([bin('vitest/vitest.mjs'), 'watch', ...projects, ...paths])) ? 0 : 1;
}

/** A phase that fails keeps no later one from running: a run says everything that is wrong. */
async function phase(name) {
  console.log(`\n── ${name}`);
  console.log(await work(name, 'inherit'));
}

/** One after the other. */
function lineBeside(names) {
  let before = Promise.resolve();
  return names.map((name) => {
    const phase = phaseBeside(name, before);
    before = phase.done;
    return phase;
  });
}

/** Its lines go to a file, and are printed once it has ended. */
function phaseBeside(name, before) {
  const file = join(reports, `${name}.log`);
  console.log(`\n── ${name} runs beside the others; until it has ended its lines are in ${file}`);
  const output = openSync(file, 'w');
  let result;
  let printed = false;
  const done = before
    .then(() => work(name, ['ignore', output, output]))
    .then((line) => {
      closeSync(output);
      result = line;
    });
  const print = () => {
    if (!printed) console.log(`\n── ${name}\n${readFileSync(file, 'utf8')}${result}`);
    printed = true;
  };
  return { done, ended: () => result !== undefined, print };
}

/** Answers the line that says how it ended. */
async function work(name, stdio) {
  const began = Date.now();
  const ok = name in COMMANDS ? await check(name, stdio) : await suite(name, stdio);
  return `── ${name} ${ok ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - began) / 1000)} s`;
}

async function check(name, stdio) {
  return tally.addCheck(name, await node(COMMANDS[name], stdio));
}

async function suite(name, stdio) {
  if (!built && name !== 'unit') return tally.addSuite(name, false, undefined);
  const file = join(reports, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ok = await node([bin('vitest/vitest.mjs'), 'run', '--project', name, ...paths, ...reporters], stdio);
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
