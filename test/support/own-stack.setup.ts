/** Which of the running systems is this worker's: workers that run at a time have different numbers, from 1 on. */
const stacks = process.env['TEST_STACKS'];
if (stacks) {
  const own = (JSON.parse(stacks) as unknown[])[Number(process.env['VITEST_POOL_ID']) - 1];
  if (!own) throw new Error(`There is no system for worker ${process.env['VITEST_POOL_ID']}.`);
  process.env['TEST_STACK'] = JSON.stringify(own);
}
