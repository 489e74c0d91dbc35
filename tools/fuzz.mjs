/** `npm run fuzz`: gives the providers 20,000 mutated answers over each protocol, or as many as the first argument says. */
import { spawnSync } from 'node:child_process';
import { build, install, requireNode, root } from './bootstrap.mjs';

process.chdir(root);
requireNode();
install();
build();
const answers = process.argv[2] ?? '20000';
if (!/^[1-9]\d*$/.test(answers)) {
  console.error('How many answers? A number, such as npm run fuzz -- 20000');
  process.exit(1);
}
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'integration', 'apps/delivery/src/providers/fuzz-answers'],
  { stdio: 'inherit', env: { ...process.env, FUZZ_ANSWERS: answers } },
);
process.exit(status ?? 1);
