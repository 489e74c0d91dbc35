import type { Say } from '../stack/progress.js';
import type { TerminalLine } from './readable.js';

const LINES = 5;
const WINDOW_MS = 1_000;

/** Says a few lines a second, and how many more there were of each kind: the files have them all. */
export class Throttle {
  private shown = 0;
  /** How many were kept back, by their kind. */
  private readonly kept = new Map<string, number>();
  private readonly kinds = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly say: Say) {}

  offer({ text, kind }: TerminalLine): void {
    this.timer ??= setTimeout(() => this.endWindow(), WINDOW_MS).unref();
    if (this.shown < LINES && !this.kinds.has(kind)) {
      this.shown += 1;
      this.kinds.add(kind);
      this.say(text);
    } else this.kept.set(kind, (this.kept.get(kind) ?? 0) + 1);
  }

  private endWindow(): void {
    const kinds = [...this.kept];
    for (const [kind, count] of kinds.slice(0, LINES)) this.say(`… ${count} more: ${kind}`);
    const rest = kinds.slice(LINES).reduce((sum, [, count]) => sum + count, 0);
    if (rest > 0) this.say(`… ${rest} more lines (see the log files)`);
    this.shown = 0;
    this.kept.clear();
    this.kinds.clear();
    this.timer = undefined;
  }
}
