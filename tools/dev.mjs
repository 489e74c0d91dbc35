/**
 * `npm run dev delivery`: takes a service over from the system that runs (`npm start`, in another terminal), runs it with
 * the Nest CLI, and starts it again after each change. Ctrl-C gives it back. `npm run dev delivery -- --debug` also
 * listens for a debugger.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fail, install, requireNode, root } from './bootstrap.mjs';
import { lineForPeople } from './dev-line.mjs';
import { dataDirOf, handOverPath } from './preflight.mjs';

process.chdir(root);
requireNode();
if (existsSync('.env')) process.loadEnvFile('.env');
const [name, ...options] = process.argv.slice(2);
if (!name) fail('Say which service: npm run dev delivery');
install();

const supervisor = connect(handOverPath(dataDirOf(root, process.env)));
const env = await takeOver();
const nest = join('node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
// without a shell, which would take the signal and leave the service; in a group of its own, or Ctrl-C would reach it twice
const child = spawn(
  process.execPath,
  [nest, 'start', name, '--watch', '--preserveWatchOutput', '--no-shell', ...options],
  {
    env: { ...env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  },
);
createInterface({ input: child.stdout }).on('line', (line) => console.log(lineForPeople(line)));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
supervisor.once('close', () => child.kill('SIGTERM')); // the system stops
const [code] = await once(child, 'exit');
supervisor.destroy();
console.log(`${name} is given back.`);
process.exit(code ?? 0);

/** Answers the service's settings, once the one that ran has stopped. */
async function takeOver() {
  supervisor.on('error', (error) => {
    if (['ENOENT', 'ECONNREFUSED'].includes(error.code))
      fail('Nothing runs here yet. Start the system in another terminal: npm start');
    fail(`The system that runs cannot be asked: ${error.message}`);
  });
  supervisor.write(`${name}\n`);
  const [line] = await once(createInterface({ input: supervisor }), 'line');
  const { env, fault } = JSON.parse(line);
  return fault === undefined ? env : fail(fault);
}
