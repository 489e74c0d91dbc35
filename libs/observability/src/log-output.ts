import { writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** Lines are written once there is so much of them, in characters. */
const CHUNK = 4_096;
/** Or after so long. */
const WRITE_AFTER_MS = 100;
/** A pipe that is full is looked at again after so long. */
const TRY_AGAIN_MS = 10;
/** Most bytes that wait for a reader that does not read; lines beyond are dropped and counted. */
const MOST_BYTES = 4 * 1024 * 1024;
/** A process that ends waits so long for its reader. */
const LAST_LINES_MS = 1_000;

/** Nobody can read what is written any more: the pipe's reader ended, or the terminal was closed. */
const GONE = ['EPIPE', 'ECONNRESET', 'ENOTCONN', 'EIO', 'EBADF'];

/**
 * Lines to a descriptor that may be read by nobody. A write never waits: what a full pipe does not take is kept up to a limit.
 * Pino's own destination writes in Node's thread pool, where a pipe that nobody reads holds a thread, which `process.exit`
 * waits for; and on the way out it tries for ever to write to one whose reader is gone.
 */
export class LogOutput implements DestinationStream {
  /** Lines that were not written because nobody read. */
  dropped = 0;
  /** Told how many were dropped when lines pass again. */
  onPassesAgain: (dropped: number) => void = () => undefined;
  private readonly chunks: Buffer[] = [];
  private current = '';
  private waiting = 0;
  private announced = 0;
  private full = false;
  private lost = false;
  private timer: NodeJS.Timeout | undefined;

  /** `fd` must not block, or be a file. `onReaderGone` is told once; from then on all lines are dropped. */
  constructor(
    private readonly fd: number,
    public onReaderGone: () => void,
  ) {}

  get isReaderGone(): boolean {
    return this.lost;
  }

  write(line: string): void {
    if (this.lost || this.waiting + this.current.length + line.length > MOST_BYTES) {
      this.dropped += 1;
      return;
    }
    this.current += line;
    if (this.current.length < CHUNK) return this.later(WRITE_AFTER_MS);
    this.seal();
    if (!this.full) this.pass();
  }

  /** What still waits, for a process that ends: blocks for a second at most. */
  writeLast(): void {
    const deadline = Date.now() + LAST_LINES_MS;
    this.pass();
    while (this.full && Date.now() < deadline) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TRY_AGAIN_MS);
      this.pass();
    }
  }

  private seal(): void {
    if (this.current === '') return;
    const chunk = Buffer.from(this.current);
    this.chunks.push(chunk);
    this.waiting += chunk.length;
    this.current = '';
  }

  private later(ms: number): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.pass();
    }, ms).unref();
  }

  /** Writes as much as is taken at once. */
  private pass(): void {
    this.seal();
    this.full = false;
    try {
      while (this.chunks.length > 0) this.took(writeSync(this.fd, this.chunks[0]!));
    } catch (error) {
      this.failed((error as NodeJS.ErrnoException).code ?? '');
      return;
    }
    this.announce();
  }

  private took(bytes: number): void {
    const chunk = this.chunks[0]!;
    this.waiting -= bytes;
    if (bytes < chunk.length) this.chunks[0] = chunk.subarray(bytes);
    else this.chunks.shift();
  }

  private failed(code: string): void {
    if (code === 'EAGAIN' || code === 'EBUSY') {
      this.full = true;
      this.later(TRY_AGAIN_MS);
      return;
    }
    for (const chunk of this.chunks.splice(0)) this.dropped += linesIn(chunk);
    this.waiting = 0; // a disk that is full costs log lines, not the service
    if (!GONE.includes(code)) return;
    this.lost = true;
    this.onReaderGone();
  }

  private announce(): void {
    const dropped = this.dropped - this.announced;
    if (dropped === 0) return;
    this.announced = this.dropped;
    this.onPassesAgain(dropped);
  }
}

let standard: LogOutput | undefined;

/**
 * The process's standard output. Where its reader is gone, the process is asked to end (SIGTERM): a broken pipe is not
 * repaired from within, the supervisor is gone or restarts us with a new one, and nobody can see what a service
 * does that goes on. Its exit code is then 1.
 */
export function standardOutput(): LogOutput {
  if (standard) return standard;
  void process.stdout; // opening it is what makes a pipe one that does not block; a file and a terminal stay as they are
  const output = new LogOutput(1, () => process.kill(process.pid, 'SIGTERM'));
  process.once('exit', () => {
    output.writeLast();
    if (output.isReaderGone) process.exitCode = 1;
  });
  return (standard = output);
}

function linesIn(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
  return lines;
}
