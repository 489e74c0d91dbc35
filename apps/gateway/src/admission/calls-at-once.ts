/** How many calls are being answered, by whom they are for. */
export class CallsAtOnce {
  private readonly counts = new Map<string, number>();

  constructor(private readonly most: number) {}

  /** False where that many are being answered already; otherwise one more is, until `leave`. */
  enter(key: string): boolean {
    const count = this.counts.get(key) ?? 0;
    if (count >= this.most) return false;
    this.counts.set(key, count + 1);
    return true;
  }

  leave(key: string): void {
    const count = this.counts.get(key) ?? 0;
    if (count > 1) this.counts.set(key, count - 1);
    else this.counts.delete(key);
  }
}
