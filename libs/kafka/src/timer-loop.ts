import { createRequire } from 'node:module';

interface RequestQueue {
  throttledUntil: number;
  pending: unknown[];
  scheduleCheckPendingRequests(): void;
}

let guarded = false;

/**
 * kafkajs 2.2.4 re-arms a timer for each connection every millisecond even when nothing waits, because it computes a
 * negative delay. Nothing pending and nothing throttled means that there is nothing to check.
 * @see https://github.com/tulios/kafkajs/issues/1751
 */
export function guardTimerLoop(): void {
  if (guarded) return;
  guarded = true;
  const queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as { prototype: RequestQueue };
  const original = queue.prototype.scheduleCheckPendingRequests;
  queue.prototype.scheduleCheckPendingRequests = function guardedCheck(this: RequestQueue): void {
    if (this.pending.length === 0 && this.throttledUntil <= Date.now()) return;
    original.call(this);
  };
}
