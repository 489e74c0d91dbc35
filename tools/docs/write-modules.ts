import { readFileSync, writeFileSync } from 'node:fs';
import { withModules } from './modules.js';

const PAGE = 'docs/ARCHITECTURE.md';

writeFileSync(PAGE, withModules(readFileSync(PAGE, 'utf8')));
