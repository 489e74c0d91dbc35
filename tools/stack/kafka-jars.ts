import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { javaFault, javaVersion, kafkaFolder, mavenFault } from '#preflight';
import { withProgress, type Say } from './progress.js';
import { StackError } from './stack-error.js';

const POM = 'tools/kafka/pom.xml';

/** The broker's jars, fetched once by Maven and shared by every stack of this checkout. */
export async function kafkaJars(root: string, say: Say): Promise<string> {
  const pom = join(root, POM);
  const cache = kafkaFolder(root);
  if (existsSync(cache)) return cache;
  mkdirSync(dirname(cache), { recursive: true });
  const own = mkdtempSync(`${cache}.`); // several stacks may start at a time, of one process too
  try {
    await withProgress(say, 'Fetching Apache Kafka (44 MB, once)', () => fetch(pom, own));
    if (!existsSync(cache)) renameSync(own, cache);
  } catch (error) {
    if (!existsSync(cache)) throw error; // otherwise another was faster by a moment
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
  return cache;
}

async function fetch(pom: string, folder: string): Promise<void> {
  try {
    await promisify(execFile)(
      'mvn',
      ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`],
      { maxBuffer: 16 * 1024 * 1024 },
    );
  } catch (error) {
    const { code, stdout = '' } = error as { code?: unknown; stdout?: string };
    if (code === 'ENOENT') throw new StackError(mavenFault() ?? 'Maven does not run; `mvn -v` says why.');
    if (/No space left/.test(stdout)) throw new StackError('The disk is full: Apache Kafka needs 100 MB.');
    throw new StackError(
      `Apache Kafka could not be fetched: ${stdout.split('\n').find((line) => line.includes('ERROR')) ?? 'Maven failed'}`,
    );
  }
}

/** What Java there is. @throws StackError where there is none, or too old a one */
export function requireJava(): string {
  const version = javaVersion();
  const fault = javaFault(version);
  if (fault !== undefined) throw new StackError(fault);
  return version!;
}
