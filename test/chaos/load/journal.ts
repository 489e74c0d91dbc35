import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** What happened, a JSON line each, on disk before anything is concluded from it; it stays for whoever looks for a cause. */
export class Journal {
  constructor(private readonly path: string) {
    mkdirSync(dirname(path), { recursive: true });
  }

  write(what: string, facts: object): void {
    appendFileSync(this.path, `${JSON.stringify({ at: Date.now(), what, ...facts })}\n`);
  }
}
