import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withProgress, type Say } from './progress.js';
import { StackError } from './stack-error.js';

const POM = 'tools/kafka/pom.xml';
const OLDEST_JAVA = 17;

/** The broker's jars, fetched once by Maven and shared by every stack of this checkout. */
export async function kafkaJars(root: string, say: Say): Promise<string> {
  const pom = join(root, POM);
  const cache = join(
    root,
    '.cache',
    `kafka-${createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12)}`,
  );
  if (existsSync(cache)) return cache;
  const partial = `${cache}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    await withProgress(say, 'Fetching Apache Kafka (44 MB, once)', () => fetch(pom, partial));
    if (existsSync(cache)) rmSync(partial, { recursive: true });
    else renameSync(partial, cache);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
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
    if (code === 'ENOENT')
      throw new StackError(
        'Maven is needed once, to fetch Apache Kafka. Install Maven 3.6 or newer, or set KAFKA_BROKERS to brokers of your own.',
      );
    if (/No space left/.test(stdout)) throw new StackError('The disk is full: Apache Kafka needs 100 MB.');
    throw new StackError(
      `Apache Kafka could not be fetched: ${stdout.split('\n').find((line) => line.includes('ERROR')) ?? 'Maven failed'}`,
    );
  }
}

/** @throws StackError where there is no Java, or too old a one */
export function requireJava(): void {
  let text: string;
  try {
    text = execFileSync('sh', ['-c', 'java -version 2>&1'], { encoding: 'utf8' });
  } catch {
    throw new StackError(
      `Java ${OLDEST_JAVA} or newer is needed for Apache Kafka. Install a JRE, or set KAFKA_BROKERS to brokers of your own.`,
    );
  }
  const version = Number(/version "(\d+)/.exec(text)?.[1] ?? 0);
  if (version < OLDEST_JAVA)
    throw new StackError(
      `Java ${OLDEST_JAVA} or newer is needed for Apache Kafka; this is ${version}. Install a newer JRE, or set KAFKA_BROKERS.`,
    );
}
