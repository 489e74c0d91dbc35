import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { startStack } from './stack.setup.js';
import { useShortLadder } from './short-ladder.js';

/**
 * A system for each file that runs at a time: what one of them ends, the others do not miss. In the environment as
 * TEST_STACKS, of which each worker takes its own. Where TEST_STACK says of one that runs, that one alone.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.env['TEST_STACK']) return () => Promise.resolve();
  useShortLadder();
  const { testFiles } = await project.globTestFiles(process.argv.slice(2).filter((arg) => existsSync(arg)));
  const count = Math.min(project.config.maxWorkers, testFiles.length);
  const names = Array.from({ length: count }, (_, n) => `stack ${n + 1}`);
  const starts = await Promise.allSettled(names.map((name) => startStack(name)));
  const stacks = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed) {
    await Promise.all(stacks.map(({ stop }) => stop())); // else they would keep the run from ending
    throw failed.reason;
  }
  process.env['TEST_STACKS'] = JSON.stringify(stacks.map(({ coordinates }) => coordinates));
  return async () => {
    await Promise.all(stacks.map(({ stop }) => stop()));
  };
}
