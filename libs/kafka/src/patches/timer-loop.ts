import { replaceModule } from './replace-module.js';

declare class RequestQueue {
  throttledUntil: number;
  pending: unknown[];
  scheduleCheckPendingRequests(): void;
}

/**
 * kafkajs 2.2.4 re-arms a timer for each connection every millisecond even when nothing waits, because it computes a
 * negative delay. Nothing pending and nothing throttled means that there is nothing to check.
 * @see https://github.com/tulios/kafkajs/issues/1751
 */
replaceModule<typeof RequestQueue>(
  'kafkajs/src/network/requestQueue/index.js',
  (Original) =>
    class QuietRequestQueue extends Original {
      override scheduleCheckPendingRequests(): void {
        if (this.pending.length === 0 && this.throttledUntil <= Date.now()) return;
        super.scheduleCheckPendingRequests();
      }
    },
);
