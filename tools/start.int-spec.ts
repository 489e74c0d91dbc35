import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderFault } from './preflight.mjs';
import { freeBase } from './stack/ports.js';

/** What a fresh clone has of it: nothing is installed. */
const CLONED = ['package.json', 'package-lock.json', 'tools'];

let clone: string;
let base: number;

beforeAll(async () => {
  clone = mkdtempSync(join(tmpdir(), 'nitropush-clone-'));
  for (const path of CLONED) cpSync(path, join(clone, path), { recursive: true });
  base = await freeBase();
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

/** A folder of programs: a shell, and those that are given as scripts. */
function programs(scripts: Record<string, string>): string {
  const folder = mkdtempSync(join(clone, 'bin-'));
  symlinkSync('/bin/sh', join(folder, 'sh'));
  for (const [name, script] of Object.entries(scripts))
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}

function start(scripts: Record<string, string>, env: NodeJS.ProcessEnv = {}): { lines: string[]; status: number } {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['tools/start.mjs'], {
    cwd: clone,
    env: { PATH: programs(scripts), GATEWAY_PORT: String(base), ...env },
    encoding: 'utf8',
  });
  return { lines: (stdout + stderr).trim().split('\n'), status: status ?? -1 };
}

const JAVA = 'echo openjdk version \\"21.0.2\\"';
const MAVEN = 'echo Apache Maven 3.9';

describe('a start on a machine that lacks something', () => {
  it('names all of it before anything is installed', async () => {
    const inTheWay = join(clone, 'a-file');
    writeFileSync(inTheWay, '');
    const other = createServer().listen(base + 3, '127.0.0.1');
    await once(other, 'listening');
    const { lines, status } = start({}, { DATA_DIR: join(inTheWay, 'data') });
    await new Promise((resolve) => other.close(resolve));
    expect(status).toBe(1);
    expect(lines).toEqual([
      expect.stringContaining('Java 17 or newer is needed'),
      expect.stringContaining('Maven is needed once'),
      `DATA_DIR: the folder ${join(inTheWay, 'data')} cannot be used: a file is in its way. Set it to a folder that you may write to.`,
      `Port ${base + 3} (delivery) is in use. Stop what listens there, or set GATEWAY_PORT to another number: all ports follow it.`,
    ]);
    expect(existsSync(join(clone, 'node_modules'))).toBe(false);
  });

  it.each([
    ['an old Java', { java: 'echo java version \\"11.0.2\\"', mvn: MAVEN }, {}, 'this is 11'],
    ['a Java that does not run', { java: 'exit 1', mvn: MAVEN }, {}, 'Java 17 or newer is needed'],
    ['a Maven that does not run', { java: JAVA, mvn: 'exit 1' }, {}, 'Maven is needed once'],
    ['a port that is no number', { java: JAVA, mvn: MAVEN }, { GATEWAY_PORT: 'x' }, 'GATEWAY_PORT: must be a port'],
  ])('names %s alone', (_, scripts, env, sentence) => {
    const { lines, status } = start(scripts, env);
    expect(status).toBe(1);
    expect(lines).toEqual([expect.stringContaining(sentence)]);
  });
});

describe('a data folder that cannot be used', () => {
  it.each([
    ['is a file', (path: string) => writeFileSync(path, ''), 'a file is in its way'],
    ['is a link that leads nowhere', (path: string) => symlinkSync('/nowhere/at/all', path), 'a file is in its way'],
  ])('is named with the reason: it %s', (_, make, reason) => {
    const path = join(mkdtempSync(join(clone, 'data-')), 'folder');
    make(path);
    expect(folderFault(path)).toContain(`the folder ${path} cannot be used: ${reason}`);
    expect(folderFault(join(path, 'inner'))).toContain(reason);
  });

  it.runIf(existsSync('/proc/self'))('is named where the system makes no folders', () => {
    expect(folderFault('/proc/nitropush/data')).toContain('DATA_DIR: the folder /proc/nitropush/data cannot be used');
  });

  it('is made with those above it', () => {
    const path = join(clone, 'new', 'folder');
    expect(folderFault(path)).toBeUndefined();
    expect(existsSync(path)).toBe(true);
  });
});

describe('a start on a machine that has everything', () => {
  it.each([
    ['its own broker', { java: JAVA, mvn: MAVEN }, {}],
    ["somebody else's broker", {}, { KAFKA_BROKERS: '127.0.0.1:9092' }],
  ])('goes on to install, with %s', (_, scripts, env) => {
    mkdirSync(join(clone, '.data'), { recursive: true });
    expect(start({ ...scripts, npm: 'exit 1' }, env).lines.join('\n')).toContain('The packages could not be installed');
  });
});
