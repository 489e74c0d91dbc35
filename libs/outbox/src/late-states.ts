import { HEADERS } from '#libs/contracts';
import type { OutboxRow } from './relay-session.js';

/** A write answers after so long, whether its state is on the topic or not: what is later, readers have to catch up on. */
const LATE_AFTER_MS = 1_000;

const isStamped = ({ headers }: OutboxRow): boolean => headers[HEADERS.savedAt] !== undefined;

/** A state that goes out late says when it was saved, by the clock of this host. @param now of `performance.now()` */
export function stamped(row: OutboxRow, now: number): OutboxRow {
  const { savedAt, headers } = row;
  if (savedAt === undefined || now - savedAt <= LATE_AFTER_MS || isStamped(row)) return row;
  return { ...row, headers: { ...headers, [HEADERS.savedAt]: String(Math.round(Date.now() - (now - savedAt))) } };
}

/**
 * Of states that were sent, those that turn out late because the send took long, to be sent once more: of each key the
 * last, as of when the first was saved. A tombstone needs nothing, and what came before it must not come after it.
 */
export function sentLate(rows: readonly OutboxRow[], now: number): OutboxRow[] {
  const last = new Map<string, OutboxRow>();
  for (const row of rows) {
    if (row.savedAt === undefined || isStamped(row)) continue;
    const savedAt = Math.min(row.savedAt, last.get(row.key)?.savedAt ?? Infinity);
    last.set(row.key, { ...row, savedAt });
  }
  return [...last.values()]
    .filter(({ value }) => value !== null)
    .flatMap((row) => {
      const again = stamped(row, now);
      return isStamped(again) ? [again] : [];
    });
}
