/** A terminal and npm may both pass on the same Ctrl-C. */
const SAME_SIGNAL_MS = 1_000;

/** Nest stops the service at the first signal and ignores the others; here a second one ends the process at once. */
export class StopSignals {
  private firstAt: number | undefined;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.receive());
  }

  /** The service is stopping. */
  get received(): boolean {
    return this.firstAt !== undefined;
  }

  private receive(): void {
    this.firstAt ??= Date.now();
    if (Date.now() - this.firstAt > SAME_SIGNAL_MS) process.exit(1);
  }
}
