/** `npm start`: installs and builds what is missing, then starts everything. */
import { build, install, requireNode, root } from './bootstrap.mjs';

process.chdir(root);
requireNode();
install();
build();
await import('../dist/tools/supervisor/main.js');
