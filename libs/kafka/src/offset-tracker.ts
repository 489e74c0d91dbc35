/** Which records of one partition are still under way. The lowest of them is where a restart must begin. */
export class OffsetTracker {
  private readonly unfinished = new Set<number>();
  private next: number | undefined;
  private committed: number | undefined;

  /** Records come in order; false where this one was taken in before and needs nothing. */
  begin(offset: number): boolean {
    if (this.next !== undefined && offset < this.next) return false;
    this.next = offset + 1;
    this.unfinished.add(offset);
    return true;
  }

  finish(offset: number): void {
    this.unfinished.delete(offset);
  }

  get size(): number {
    return this.unfinished.size;
  }

  /** The offset that is safe to commit; undefined where nothing was taken in yet. A Set keeps its order, and offsets only grow. */
  get lowest(): number | undefined {
    for (const offset of this.unfinished) return offset;
    return this.next;
  }

  /** The offset to commit now; undefined where that is already done. */
  due(): number | undefined {
    const lowest = this.lowest;
    return lowest === this.committed ? undefined : lowest;
  }

  /** After a rejoin nobody knows what is committed: a commit may have been dropped on the way, without an error. */
  forgetCommitted(): void {
    this.committed = undefined;
  }

  markCommitted(offset: number): void {
    this.committed = offset;
  }
}
