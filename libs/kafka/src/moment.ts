/** A moment on both clocks of this host: one stands still while the host sleeps, the other may be set. */
export interface Moment {
  /** Epoch ms. */
  date: number;
  /** Of `performance.now()`. */
  steady: number;
}

export const momentNow = (): Moment => ({ date: Date.now(), steady: performance.now() });

/** Whether less time than this has gone by since then, by either clock. */
export function isWithin(ms: number, since: Moment, now: Moment = momentNow()): boolean {
  const passed = now.date - since.date;
  return now.steady - since.steady < ms && passed < ms && passed > -ms;
}
