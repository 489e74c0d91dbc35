import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { stack } from '../e2e/support/api.js';

it("the console's types are those of the API that is served", () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['tools/docs/write-api-types.mjs', stack().gatewayUrl, '--check'],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
