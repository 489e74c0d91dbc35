/** What has to be there before anything of ours can run; Node's built-ins only. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/**
 * TypeScript's native compiler. Its API is another than the one that `typescript` has, which tools of ours import.
 * One thread: each further one checks the same declarations again, which costs more processor than it saves time.
 */
export const compiler = ['node_modules/@typescript/native/bin/tsc', '--singleThreaded'];
const OLDEST_NODE = [20, 19];
const TEST = /\.(([a-z0-9]+-)?spec|suite)\.ts$/;
const CONSOLE = join('apps', 'console');
/** The event catalog of the console shows its code. */
const RECEIVERS = join('docs', 'how-to', 'receive-a-webhook.md');

/** What is built, each part from its own sources alone. */
const PARTS = {
  services: {
    stamp: '.built',
    sources: [
      'apps',
      'libs',
      'tools',
      'test/support',
      'test/bench',
      'test/chaos',
      'tsconfig.base.json',
      'tsconfig.build.json',
      'package-lock.json',
    ],
    /** As tsconfig.build.json has them. */
    takes: (file) => /\.(ts|json|mjs)$/.test(file) && !TEST.test(file) && !file.startsWith(CONSOLE),
    commands: [[...compiler, '-p', 'tsconfig.build.json'], ['tools/bundle.mjs']],
    /** What each build of them writes, the Nest CLI's of one service too. */
    writes: join('dist', '.tsbuildinfo'),
    onFailure: 'The services could not be built; the reason stands above.',
  },
  console: {
    stamp: '.console-built',
    sources: [CONSOLE, RECEIVERS, 'tsconfig.base.json', 'package-lock.json'],
    takes: (file) => !TEST.test(file) && (!file.endsWith('.md') || file === RECEIVERS),
    commands: [['node_modules/vite/bin/vite.js', 'build', CONSOLE, '--logLevel=warn']],
    onFailure: 'The console could not be built; Vite says why above.',
  },
};

/** Ends with one line that says what to do. */
export function fail(line) {
  console.error(`\n${line}`);
  process.exit(1);
}

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    fail(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
  }
}

/** `npm ci`, where the packages that are installed are not those of the lock file. */
export function install() {
  if (isInstalled()) return;
  console.log('Installing packages (about a minute the first time) …');
  run(
    'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    'The packages could not be installed; npm says why above.',
  );
}

/** Nothing is left to install or to build. */
export const isWhole = () => isInstalled() && Object.values(PARTS).every(isBuilt);

/** Compares with the list that npm writes once it has installed everything. */
function isInstalled() {
  const list = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const installed = packagesOf(list);
  const wanted = packagesOf(join(root, 'package-lock.json'));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || installed[path]?.version === version || (optional && installed[path] === undefined),
  );
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** The services by the TypeScript compiler, then gathered by Rolldown, and the console by Vite, where a source is not the one that was built. */
export function build() {
  for (const [name, part] of Object.entries(PARTS)) {
    if (isBuilt(part)) continue;
    const built = fingerprint(part);
    console.log(`Building the ${name} …`);
    const env = { NODE_ENV: 'production' }; // whatever the shell says
    for (const command of part.commands) run(process.execPath, command, part.onFailure, env);
    mkdirSync(dirname(stampOf(part)), { recursive: true });
    writeFileSync(stampOf(part), built);
  }
}

const stampOf = ({ stamp }) => join(root, 'dist', stamp);

function isBuilt(part) {
  const stamp = stampOf(part);
  return existsSync(stamp) && !isOlder(stamp, part.writes) && readFileSync(stamp, 'utf8') === fingerprint(part);
}

/** Whether somebody else, the Nest CLI, has built since. */
function isOlder(stamp, file) {
  return (
    file !== undefined && existsSync(join(root, file)) && statSync(stamp).mtimeMs < statSync(join(root, file)).mtimeMs
  );
}

/** Runs a command to its end with our terminal. */
export function run(command, args, onFailure, env = {}) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) fail(onFailure);
}

function fingerprint({ sources, takes }) {
  const hash = createHash('sha256');
  for (const source of sources)
    for (const file of filesUnder(join(root, source))) {
      const name = relative(root, file);
      if (takes(name)) hash.update(`${name}\0`).update(readFileSync(file));
    }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesUnder(join(path, entry.name)));
}
