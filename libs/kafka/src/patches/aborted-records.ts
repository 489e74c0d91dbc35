import { replaceModule } from './replace-module.js';

/** What is asked of a fetched record here. */
export interface TransactionalRecord {
  offset: string;
  key: Buffer | null;
  isControlRecord: boolean;
  batchContext: { producerId?: string; inTransaction?: boolean };
}

/** As the broker lists it beside what is fetched. */
export interface AbortedTransaction {
  firstOffset: string;
  producerId: string;
}

const ABORT = 0;

/**
 * Leaves out the records of transactions that were aborted. kafkajs takes the broker's list to be in the order in which they
 * began, and no two to begin before the next record; where two overlap it hands out what was aborted as if it were committed.
 */
export function withoutAborted<R extends TransactionalRecord>({
  messages,
  abortedTransactions,
}: {
  messages: R[];
  abortedTransactions?: AbortedTransaction[] | null;
}): R[] {
  if (!abortedTransactions || abortedTransactions.length === 0) return messages;
  const byBeginning = abortedTransactions.toSorted((a, b) => Number(a.firstOffset) - Number(b.firstOffset));
  const aborting = new Set<string | undefined>();
  let next = 0;
  return messages.filter(({ offset, key, isControlRecord, batchContext: { producerId, inTransaction } }) => {
    for (; next < byBeginning.length && Number(byBeginning[next]!.firstOffset) <= Number(offset); next += 1)
      aborting.add(byBeginning[next]!.producerId);
    if (isControlRecord) {
      if (endsAborted(key)) aborting.delete(producerId);
      return true; // kafkajs leaves these out itself
    }
    return !(inTransaction && aborting.has(producerId));
  });
}

/** The key of a control record is its version and its kind, two bytes each. */
const endsAborted = (key: Buffer | null): boolean => key !== null && key.length >= 4 && key.readInt16BE(2) === ABORT;

replaceModule('kafkajs/src/consumer/filterAbortedMessages.js', () => withoutAborted);
