/** Work that is done every so often: one round at a time, those that are due meanwhile are left out. */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private running = false;

  /** @param failed gets what a round throws; the next one comes all the same */
  constructor(
    private readonly round: () => Promise<void>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** The first round begins after `everyMs`, in milliseconds. Starting again changes nothing. */
  start(everyMs: number): void {
    this.timer ??= setInterval(() => void this.tick(), everyMs).unref();
  }

  /** A round that runs goes on. */
  stop(): void {
    clearInterval(this.timer);
  }

  private async tick(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await this.round();
    } catch (error) {
      this.failed(error);
    } finally {
      this.running = false;
    }
  }
}
