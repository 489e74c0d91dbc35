import { join } from 'node:path';
import { setupStack } from './stack.setup.js';

/** The same system, whose services count what they send. */
export const setup = (): Promise<() => Promise<void>> =>
  setupStack((dataDir) => ({
    env: { COUNTS_DIR: dataDir, RATE_LIMIT_PER_SECOND: '1000000' },
    nodeArgs: ['--import', join(process.cwd(), 'dist/test/support/count-requests.js')],
  }));
