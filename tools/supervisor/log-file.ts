import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Say } from '../stack/progress.js';

const ROTATE_AT = 50 * 1024 * 1024;

/** A service's log: one JSON line a unit of work; at 50 MB it begins anew and the one before is kept. */
export class LogFile {
  private size: number;

  private lost = 0;

  constructor(
    private readonly path: string,
    private readonly say: Say,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    this.size = existsSync(path) ? statSync(path).size : 0;
  }

  /** A disk that is full costs log lines, not the system. */
  write(chunk: string): void {
    try {
      this.append(chunk);
      if (this.lost > 0) this.say(`${basename(this.path)} is written again; ${this.lost} lines are lost`);
      this.lost = 0;
    } catch (error) {
      if (this.lost === 0) this.say(`${basename(this.path)} cannot be written: ${(error as Error).message}`);
      this.lost += 1;
    }
  }

  private append(chunk: string): void {
    if (this.size > ROTATE_AT) {
      renameSync(this.path, `${this.path}.1`);
      this.size = 0;
    }
    appendFileSync(this.path, chunk);
    this.size += Buffer.byteLength(chunk);
  }
}
