/** Something that is done only once nobody has taken it back. */
export interface Change {
  /** What will happen, in words. */
  words: string;
  /** What is gone from the lists meanwhile. */
  hides?: string | undefined;
  /** Says by itself where it goes wrong. `leaving`: the page is left, so the call has to outlive it. */
  send: (leaving: boolean) => Promise<void>;
}

export interface Pending extends Change {
  id: number;
  /** Milliseconds that were left when it was last set going. */
  leftMs: number;
  /** When that was; undefined while it is held. */
  since: number | undefined;
}

export const UNDO_MS = 10_000;

/**
 * Changes that wait for ten seconds before their call is sent. Nothing is written down: where the tab crashes meanwhile, nothing
 * was changed, which is the safer way to be wrong about something that deletes. Where the page is left, they are sent at once.
 */
export class PendingChanges {
  private pending: readonly Pending[] = [];
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();
  private readonly listeners = new Set<() => void>();
  private lastId = 0;

  /** The same array as before, unless something has changed. */
  current = (): readonly Pending[] => this.pending;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  add(change: Change): void {
    const id = ++this.lastId;
    this.show([...this.pending, { ...change, id, leftMs: UNDO_MS, since: undefined }]);
    this.go(id);
  }

  undo(id: number): void {
    this.take(id);
  }

  /** Time stands still while somebody points at it, or has the focus in it. */
  hold(id: number): void {
    clearTimeout(this.timers.get(id));
    this.change(id, (one) => ({ ...one, leftMs: leftOf(one, Date.now()), since: undefined }));
  }

  go(id: number): void {
    const one = this.pending.find((each) => each.id === id);
    if (one === undefined || one.since !== undefined) return;
    this.timers.set(
      id,
      setTimeout(() => void this.take(id)?.send(false), one.leftMs),
    );
    this.change(id, (each) => ({ ...each, since: Date.now() }));
  }

  /** All of them at once: the page is left. */
  hurry(): void {
    for (const { id } of this.pending) void this.take(id)?.send(true);
  }

  private take(id: number): Pending | undefined {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    const taken = this.pending.find((one) => one.id === id);
    this.show(this.pending.filter((one) => one !== taken));
    return taken;
  }

  private change(id: number, to: (one: Pending) => Pending): void {
    this.show(this.pending.map((one) => (one.id === id ? to(one) : one)));
  }

  private show(pending: readonly Pending[]): void {
    this.pending = pending;
    for (const listener of this.listeners) listener();
  }
}

export const leftOf = ({ leftMs, since }: Pick<Pending, 'leftMs' | 'since'>, now: number): number =>
  since === undefined ? leftMs : Math.max(0, leftMs - (now - since));
