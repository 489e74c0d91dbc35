import type { EntityManager } from 'typeorm';
import type { InboundRecord } from '#libs/kafka';
import type { OutboxMessage } from './outbox-table.js';

/**
 * The service whose table a state topic shows. `Seen` is what is kept of a record while table and topic are compared:
 * enough to tell whether a row says the same, and small, since there is one for each row.
 */
export interface StateOwner<Row, Seen> {
  readonly topic: string;
  /** CloudEvents source of the service. */
  readonly source: string;
  /** Undefined where the record cannot be read. */
  seen(record: InboundRecord): Seen | undefined;
  /** Rows in the order of their keys, after the given one. */
  page(afterKey: string | undefined, limit: number): Promise<Row[]>;
  keyOf(row: Row): string;
  agrees(row: Row, seen: Seen): boolean;
  /**
   * Locks the rows of these keys, so that no change of theirs comes in between, and answers the messages of those that
   * differ by now from what was seen; a key that was not seen is not on the topic. Tombstones for keys without a row.
   * @param mayBeLate whether readers may have gone on without this key's state, because the topic was said to be complete
   */
  repair(
    manager: EntityManager,
    keys: string[],
    seen: ReadonlyMap<string, Seen | undefined>,
    mayBeLate: (key: string) => boolean,
  ): Promise<OutboxMessage[]>;
}
