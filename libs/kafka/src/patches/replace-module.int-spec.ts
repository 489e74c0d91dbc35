import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PATCHED_VERSION } from './replace-module.js';

const require = createRequire(import.meta.url);
const LIBS_KAFKA = resolve('dist/libs/kafka/src/index.js');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nitropush-patches-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a process of its own says that runs this before it loads libs/kafka. */
async function loadAfter(before: string): Promise<string> {
  const preload = join(folder, 'before.cjs');
  writeFileSync(preload, before);
  const load = `await import(${JSON.stringify(LIBS_KAFKA)}); console.log('loaded')`;
  const run = promisify(execFile)('node', ['--require', preload, '--input-type=module', '--eval', load]);
  return run.then(
    ({ stdout }) => stdout.trim(),
    ({ stderr }: { stderr: string }) => stderr,
  );
}

describe('the patches of kafkajs', () => {
  it('are put in place where nothing of kafkajs has been loaded', async () => {
    expect(await loadAfter('')).toBe('loaded');
  });

  it('refuse to start where kafkajs was loaded before: what had been loaded would go on unpatched', async () => {
    const said = await loadAfter(`require(${JSON.stringify(require.resolve('kafkajs'))});`);
    expect(said).toContain('kafkajs was loaded before libs/kafka');
  });

  it('refuse another version, whose modules nobody has compared with ours', async () => {
    const manifest = require.resolve('kafkajs/package.json');
    const said = await loadAfter(`require(${JSON.stringify(manifest)}).version = '2.3.0';`);
    expect(said).toContain(`replaces modules of kafkajs ${PATCHED_VERSION}, and 2.3.0 is installed`);
  });

  it('are for the version that package.json names', () => {
    const { dependencies } = require(resolve('package.json')) as { dependencies: Record<string, string> };
    expect(dependencies['kafkajs']).toBe(PATCHED_VERSION);
  });

  it('refuse an order in which one loads what another is to replace', async () => {
    const late = require.resolve('kafkajs/src/producer/sendMessages.js');
    const early = require.resolve('kafkajs/src/consumer/batch.js');
    // as if a patch that comes first had loaded them
    const said = await loadAfter(`
      const Module = require('node:module');
      const load = Module._load;
      let asked = false;
      Module._load = function (request, ...rest) {
        if (!asked && request.startsWith('kafkajs/src/')) { asked = true; load(${JSON.stringify(late)}); load(${JSON.stringify(early)}); }
        return load.call(this, request, ...rest);
      };`);
    expect(said).toMatch(/kafkajs\/src\/.* is replaced too late/);
  });
});
