import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const ROTATE_AT = 50 * 1024 * 1024;

/** A service's log: one JSON line a unit of work; at 50 MB it begins anew and the one before is kept. */
export class LogFile {
  private size: number;

  constructor(private readonly path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.size = existsSync(path) ? statSync(path).size : 0;
  }

  write(chunk: string): void {
    if (this.size > ROTATE_AT) {
      renameSync(this.path, `${this.path}.1`);
      this.size = 0;
    }
    appendFileSync(this.path, chunk);
    this.size += Buffer.byteLength(chunk);
  }
}
