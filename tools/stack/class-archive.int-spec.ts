import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kafkaFolder } from '#preflight';
import { ClassArchive } from './class-archive.js';
import { requireJava } from './kafka-jars.js';

const VERSION = requireJava();

/** A program of Kafka's that ends by itself; what it prints. */
async function run(...options: string[]): Promise<string> {
  const classPath = ['-cp', `${kafkaFolder(process.cwd())}/*`];
  const command = ['-XX:TieredStopAtLevel=1', ...options, ...classPath, 'kafka.tools.StorageTool', 'random-uuid'];
  const { stdout } = await promisify(execFile)('java', command, { maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}

describe('the archive of the classes that a broker loads', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nitropush-classes-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, and is where a later JVM takes them from', async () => {
    const archive = new ClassArchive(join(folder, 'jars'), VERSION);
    expect(archive.options).toEqual([]);
    await archive.make(async (options) => void (await run(...options)));
    const loaded = await run(...new ClassArchive(join(folder, 'jars'), VERSION).options, '-Xlog:class+load');
    expect(loaded).toMatch(/kafka\.tools\.StorageTool\$? source: shared objects file \(top\)/);
  });

  it('is not asked for again of a Java that makes none, which runs without it', async () => {
    const archive = new ClassArchive(join(folder, 'jars'), VERSION);
    await archive.make(async () => void (await run()));
    expect(archive.exists).toBe(true);
    expect(await run(...archive.options)).toMatch(/\S{22}/);
  });

  it('is another for jars elsewhere', async () => {
    await new ClassArchive(join(folder, 'jars'), VERSION).make(() => Promise.resolve());
    expect(new ClassArchive(join(folder, 'other'), VERSION).exists).toBe(false);
  });
});
