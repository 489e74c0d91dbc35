import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { LogOutput, createLogger, type Logger } from './index.js';

const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;
const LINE = 'x'.repeat(1_000);

let folder: string;
let reader: number | undefined;
let writer: number;
let output: LogOutput;
let logger: Logger;
let gone: number;
let received: string;

/** A pipe whose ends are both here, neither of which blocks. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-output-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  reader = openSync(pipe, O_RDONLY | O_NONBLOCK);
  writer = openSync(pipe, O_WRONLY | O_NONBLOCK);
  gone = 0;
  received = '';
  output = new LogOutput(writer, () => (gone += 1));
  logger = createLogger('test', 'info', output);
});
afterEach(() => {
  output.writeLast();
  if (reader !== undefined) closeSync(reader);
  closeSync(writer);
  rmSync(folder, { recursive: true });
});

function loseReader(): void {
  closeSync(reader!);
  reader = undefined;
}

/** What lies in the pipe now. */
function read(): string[] {
  const buffer = Buffer.alloc(1_000_000);
  try {
    for (;;) received += buffer.toString('utf8', 0, readSync(reader!, buffer));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error; // it is empty
  }
  return received.split('\n').filter((line) => line !== '');
}

const log = (lines: number): void => {
  for (let n = 0; n < lines; n += 1) logger.info({ n, text: LINE }, 'thing.happened');
};

describe('log lines', () => {
  it('come as they were written, few and many', async () => {
    log(1);
    await eventually(() => expect(read()).toHaveLength(1));
    log(20);
    await eventually(() => expect(read()).toHaveLength(21));
    expect(read().map((line) => (JSON.parse(line) as { n: number }).n)).toEqual([
      0,
      ...Array.from({ length: 20 }, (_, n) => n),
    ]);
  });

  it('wait for a reader that does not read, up to a limit, and are counted beyond', async () => {
    log(10_000);
    expect(output.dropped).toBeGreaterThan(0);
    expect(gone).toBe(0);
    const kept = 10_000 - output.dropped;
    expect(kept).toBeLessThan(5_000); // of a thousand bytes each
    const lines = await eventually(() => {
      const all = read();
      expect(all.at(-1)).toContain('log.lines-dropped');
      return all;
    });
    expect(lines).toHaveLength(kept + 1);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ level: 'warn', lines: output.dropped });
    log(5);
    await eventually(() => expect(read()).toHaveLength(kept + 6));
  });

  it('are dropped and counted once the reader is gone, which is said once', async () => {
    loseReader();
    log(1);
    await eventually(() => expect(gone).toBe(1));
    log(1_000);
    expect([gone, output.dropped]).toEqual([1, 1_001]);
  });

  it('are all counted where the reader goes while they wait for it', async () => {
    log(2_000);
    const before = read().length;
    log(100);
    loseReader();
    await eventually(() => expect(gone).toBe(1));
    expect(output.dropped).toBeGreaterThanOrEqual(2_100 - before - 200); // those that lay in the pipe are lost with it
  });

  it('that are the last of a process keep it no longer than a second', () => {
    log(2_000);
    const began = performance.now();
    output.writeLast();
    expect(performance.now() - began).toBeLessThan(30_000); // a machine that does other things
    expect(gone).toBe(0);
  });
});
