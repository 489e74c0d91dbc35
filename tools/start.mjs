/** `npm start`: installs and builds what is missing, then starts everything. */
import { existsSync } from 'node:fs';
import { build, fail, install, isWhole, requireNode, root } from './bootstrap.mjs';
import { missingForStart } from './preflight.mjs';

process.chdir(root);
requireNode();
if (existsSync('.env')) process.loadEnvFile('.env'); // what the environment has already goes before it
if (!isWhole()) {
  await requireMachine(); // what follows takes minutes
  install();
  build();
}
await import('../dist/tools/supervisor/main.js');

/** Ends with everything that is missing, said at once. */
async function requireMachine() {
  const missing = await missingForStart(root, process.env);
  if (missing.length > 0) fail(missing.join('\n'));
}
