/** The hook: refuses a commit whose message breaks the rules of CONTRIBUTING.md. */
import { readFileSync } from 'node:fs';
import { faultsOf } from './commit-message.mjs';

const faults = faultsOf(readFileSync(process.argv[2], 'utf8'));
for (const fault of faults) console.error(`Commit message: ${fault}`);
process.exit(faults.length > 0 ? 1 : 0);
