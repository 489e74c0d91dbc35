/** Which phases and which files a run of `npm test` takes. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Phases that look at the sources and run no test. */
export const CHECKS = ['format', 'lint', 'types', 'console-types', 'imports'];

/** The phases that run tests, in their order, and how their files end. */
export const SUITES = {
  unit: '.spec.ts',
  integration: '.int-spec.ts',
  e2e: '.e2e-spec.ts',
  console: '.console-spec.ts',
  answers: '.answers-spec.ts',
  chaos: '.chaos-spec.ts',
  timing: '.timing-spec.ts',
};

export const PHASES = [...CHECKS, ...Object.keys(SUITES)];

/**
 * What the arguments ask for: phases by name, and paths of test files or of folders that hold some. Paths without a phase
 * run in the phases that their files belong to.
 * @throws Error with one line that says what is wrong
 */
export function select(args) {
  const named = args.filter((arg) => PHASES.includes(arg));
  const paths = args.filter((arg) => !PHASES.includes(arg)).map((arg) => arg.replace(/^\.\//, ''));
  const owners = new Set(paths.flatMap((path) => suitesUnder(path)));
  const wanted = (phase) => (named.length > 0 ? named.includes(phase) : args.length === 0 || owners.has(phase));
  const phases = PHASES.filter(wanted);
  const idle = phases.find((phase) => paths.length > 0 && !owners.has(phase));
  if (idle) throw new Error(`Phase ${idle} has no test in ${paths.join(', ')}.`);
  return { phases, paths: paths.map(asFilter) };
}

/** vitest takes every file whose path holds the text: a folder must not stand for another whose name only begins like its own. */
const asFilter = (path) => (statSync(path).isDirectory() ? `${path.replace(/\/+$/, '')}/` : path);

function suitesUnder(path) {
  const files = filesUnder(path);
  const owners = Object.keys(SUITES).filter((suite) => files.some((file) => file.endsWith(SUITES[suite])));
  if (owners.length === 0) throw new Error(`${path} is no test file and holds none.`);
  return owners;
}

function filesUnder(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new Error(`${path} is neither a phase (${PHASES.join(', ')}) nor a path.`);
  if (!found.isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .flatMap(({ name }) => filesUnder(join(path, name)));
}
