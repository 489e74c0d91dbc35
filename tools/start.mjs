/** `npm start`: installs and builds what is missing, then starts everything. */
import { existsSync } from 'node:fs';
import { build, install, requireNode, root } from './bootstrap.mjs';

process.chdir(root);
requireNode();
if (existsSync('.env')) process.loadEnvFile('.env'); // what the environment has already goes before it
install();
build();
await import('../dist/tools/supervisor/main.js');
