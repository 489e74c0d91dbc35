/** `npm run chaos`: the tests of faults, and then the long runs. With options, the runs alone: `-- --help` lists them. */
import { spawnSync } from 'node:child_process';
import { build, install, requireNode, root } from './bootstrap.mjs';

process.chdir(root);
requireNode();
install();
const options = process.argv.slice(2);
const run = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;

const tested = options.length > 0 || run('tools/test.mjs', 'chaos');
build();
const ran = run('dist/test/chaos/runs/main.js', ...options);
process.exit(tested && ran ? 0 : 1);
