import {
  In,
  MoreThan,
  type DataSource,
  type EntityManager,
  type EntityTarget,
  type FindOptionsOrder,
  type FindOptionsWhere,
} from 'typeorm';
import { HEADERS, UnreadableEvent, type RawRecord } from '#libs/contracts';
import type { OutboxMessage } from './outbox-table.js';
import type { StateOwner } from './state-owner.js';

export interface TableStatesOptions<Row, Seen> {
  topic: string;
  /** CloudEvents source of the service. */
  source: string;
  dataSource: DataSource;
  entity: EntityTarget<Row>;
  /** What is kept of a record. @throws UnreadableEvent */
  seen: (record: RawRecord) => Seen;
  agrees: (row: Row, seen: Seen) => boolean;
  stateMessage: (row: Row) => OutboxMessage;
  tombstone: (key: string) => OutboxMessage;
  /** When a state was saved that a complete topic should have shown by now; undefined where nothing passed it by. */
  lateSince?: (row: Row, seen: Seen | undefined) => Date | undefined;
  /** What has to change in the rows that differ before their states are published, in the same transaction. They are locked. */
  beforePublishing?: (
    manager: EntityManager,
    rows: Row[],
    seen: ReadonlyMap<string, Seen | undefined>,
  ) => Promise<void>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The owner of a state topic that shows a table: a state a row, its key the row's id. */
export class TableStates<Row extends { id: string }, Seen> implements StateOwner<Row, Seen> {
  readonly topic: string;
  readonly source: string;

  constructor(private readonly on: TableStatesOptions<Row, Seen>) {
    this.topic = on.topic;
    this.source = on.source;
  }

  seen(record: RawRecord): Seen | undefined {
    try {
      return this.on.seen(record);
    } catch (error) {
      if (error instanceof UnreadableEvent) return undefined;
      throw error;
    }
  }

  page(afterKey: string | undefined, limit: number): Promise<Row[]> {
    const { dataSource, entity } = this.on;
    return dataSource.manager.find(entity, {
      ...(afterKey !== undefined && { where: { id: MoreThan(afterKey) } as FindOptionsWhere<Row> }),
      order: { id: 'ASC' } as FindOptionsOrder<Row>,
      take: limit,
    });
  }

  keyOf({ id }: Row): string {
    return id;
  }

  agrees(row: Row, seen: Seen): boolean {
    return this.on.agrees(row, seen);
  }

  async repair(
    manager: EntityManager,
    keys: string[],
    seen: ReadonlyMap<string, Seen | undefined>,
    mayBeLate: (key: string) => boolean,
  ): Promise<OutboxMessage[]> {
    const { entity, stateMessage, tombstone, lateSince, beforePublishing } = this.on;
    const rows = await manager.find(entity, {
      where: { id: In(keys.filter((key) => UUID.test(key))) } as FindOptionsWhere<Row>,
      order: { id: 'ASC' } as FindOptionsOrder<Row>,
      lock: { mode: 'pessimistic_write' },
    });
    const differing = rows.filter((row) => {
      const known = seen.get(row.id);
      return known === undefined || !this.agrees(row, known);
    });
    const since = differing.map((row) => (mayBeLate(row.id) ? lateSince?.(row, seen.get(row.id)) : undefined));
    await beforePublishing?.(manager, differing, seen);
    const there = new Set(rows.map(({ id }) => id));
    const gone = keys.filter((key) => seen.has(key) && !there.has(key));
    return [...differing.map((row, index) => withSavedAt(stateMessage(row), since[index])), ...gone.map(tombstone)];
  }
}

/** A state that waits in the outbox gets this there; one that was refused or lost, and is published again, from its row. */
const withSavedAt = (message: OutboxMessage, savedAt: Date | undefined): OutboxMessage =>
  savedAt === undefined
    ? message
    : { ...message, headers: { ...message.headers, [HEADERS.savedAt]: String(savedAt.getTime()) } };
