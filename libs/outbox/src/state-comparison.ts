import type { DataSource } from 'typeorm';
import { STATE_COMPLETE_KEY, STATE_COMPLETE_TYPE, freshHeaders, type StateComplete } from '#libs/contracts';
import { KafkaUnavailable, type KafkaConnection } from '#libs/kafka';
import type { Outbox } from './outbox.js';
import type { StateOwner } from './state-owner.js';
import { readTopicStates, type TopicStates } from './topic-states.js';
import { unknownStates } from './unknown-states.js';

export interface StateComparisonOptions<Row, Seen> {
  dataSource: DataSource;
  outbox: Outbox;
  connection: KafkaConnection;
  /** Of the groups that read the topic. */
  groupPrefix: string;
  owner: StateOwner<Row, Seen>;
  /** Whether states are deleted that the table looks as if it had never held; else they are kept until somebody confirms. */
  mayBeEmptied: boolean;
}

export interface Compared {
  /** Rows of the table. */
  records: number;
  published: number;
  deleted: number;
  /** Whether the record that says that the topic is complete was published again. */
  marked: boolean;
  /** States without a row that were kept, because the table looks as if it had never held them. Nothing is published then. */
  kept: number;
}

/** What a first look at both found. */
interface Difference {
  /** Keys whose row and record differ, or of which there is one alone. */
  keys: string[];
  /** Those of them that have no row. */
  withoutRow: string[];
  /** Rows of the table. */
  records: number;
  /** Its lowest key. */
  oldest: string | undefined;
}

const PAGE = 500;
const CHUNK = 200;
const DRAINED_WITHIN_MS = 10_000;
const PUBLISHED_WITHIN_MS = 60_000;
const LOOK_MS = 50;

/**
 * Compares a service's table with its state topic, and publishes what differs. The table is the truth: it may be ahead of
 * the topic, because that was created again, or behind it, because the database was restored to an earlier time.
 */
export class StateComparison<Row, Seen> {
  constructor(private readonly on: StateComparisonOptions<Row, Seen>) {}

  /** @throws an outage where the topic or the table cannot be read, or what differs cannot be published */
  async run(signal: AbortSignal): Promise<Compared> {
    const first = await this.read(signal);
    const difference = await this.differing(first);
    const { keys: suspects, records } = difference;
    let published: string[] = [];
    let deleted = 0;
    if (suspects.length > 0) {
      // a change that was made meanwhile, or waits in the outbox, is no difference
      const drained = await this.drained(signal);
      const { seen, deleted: tombstones } = await this.read(signal);
      const kept = this.unknown(difference, seen, drained);
      if (kept > 0) return { records, published: 0, deleted: 0, marked: false, kept };
      // a row that brings back what was deleted is of a restored database, and missed nothing
      const mayBeLate = (key: string): boolean => first.marked && !tombstones.has(key);
      for (let at = 0; at < suspects.length; at += CHUNK) {
        const repaired = await this.repair(suspects.slice(at, at + CHUNK), seen, mayBeLate);
        published = published.concat(repaired.ids);
        deleted += repaired.deleted;
      }
      await this.published(published, signal);
    }
    const marked = !first.marked || published.length > 0;
    if (marked) await this.mark(records, signal);
    return { records, published: published.length - deleted, deleted, marked, kept: 0 };
  }

  /**
   * How many states must not be deleted without a confirmation. The tombstones of rows that were deleted on purpose are
   * on the topic by now. @throws an outage where they still wait in the outbox
   */
  private unknown(
    { withoutRow, oldest }: Difference,
    seen: ReadonlyMap<string, Seen | undefined>,
    drained: boolean,
  ): number {
    const { mayBeEmptied, owner } = this.on;
    if (mayBeEmptied) return 0;
    const left = withoutRow.filter((key) => seen.has(key));
    const { length } = unknownStates(left, oldest);
    if (length > 0 && !drained)
      throw new KafkaUnavailable(`${owner.topic} has not taken what waits for it in the outbox`);
    return length;
  }

  private read(signal: AbortSignal): Promise<TopicStates<Seen>> {
    const { connection, groupPrefix, owner } = this.on;
    return readTopicStates({
      connection,
      groupPrefix,
      topic: owner.topic,
      seen: (record) => owner.seen(record),
      signal,
    });
  }

  private async differing({ seen }: TopicStates<Seen>): Promise<Difference> {
    const { owner } = this.on;
    const keys: string[] = [];
    const withoutRow = new Set(seen.keys());
    let records = 0;
    let oldest: string | undefined;
    for (let after: string | undefined; ;) {
      const rows = await owner.page(after, PAGE);
      for (const row of rows) {
        const key = owner.keyOf(row);
        oldest ??= key;
        const known = seen.get(key);
        if (known === undefined || !owner.agrees(row, known)) keys.push(key);
        withoutRow.delete(key);
      }
      records += rows.length;
      const last = rows.at(-1);
      if (!last || rows.length < PAGE)
        return { keys: [...keys, ...withoutRow], withoutRow: [...withoutRow], records, oldest };
      after = owner.keyOf(last);
    }
  }

  private async repair(
    keys: string[],
    seen: ReadonlyMap<string, Seen | undefined>,
    mayBeLate: (key: string) => boolean,
  ): Promise<{ ids: string[]; deleted: number }> {
    const { dataSource, outbox, owner } = this.on;
    return dataSource.transaction(async (manager) => {
      const messages = await owner.repair(manager, keys, seen, mayBeLate);
      const ids = messages.length > 0 ? await outbox.add(manager, messages) : [];
      return { ids, deleted: messages.filter(({ value }) => value === null).length };
    });
  }

  /** Waits until what waited for the topic when this was called has gone out. Whether it has, within ten seconds. */
  private async drained(signal: AbortSignal): Promise<boolean> {
    const last = await this.waiting(null);
    return last === undefined || this.gone(last, DRAINED_WITHIN_MS, signal);
  }

  /** Whether nothing up to this message waits for the topic any more: it is there, or was set aside. */
  private async gone(upTo: string, withinMs: number, signal: AbortSignal): Promise<boolean> {
    const deadline = Date.now() + withinMs;
    this.on.outbox.wake();
    while ((await this.waiting(upTo)) !== undefined) {
      if (Date.now() > deadline || signal.aborted) return false;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return true;
  }

  /** The newest message that waits for the topic, or the newest up to the given one. */
  private async waiting(upTo: string | null): Promise<string | undefined> {
    const rows = await this.on.dataSource.query<{ id: string }[]>(
      `SELECT id FROM outbox WHERE topic = $1 AND ($2::bigint IS NULL OR id <= $2) ORDER BY id DESC LIMIT 1`,
      [this.on.owner.topic, upTo],
    );
    return rows[0]?.id;
  }

  /** It goes out after what it speaks of is on the topic: partitions are read each by itself. */
  private async mark(records: number, signal: AbortSignal): Promise<void> {
    const { dataSource, outbox, owner } = this.on;
    const complete: StateComplete = { records, at: new Date().toISOString() };
    const message = {
      topic: owner.topic,
      key: STATE_COMPLETE_KEY,
      value: JSON.stringify(complete),
      headers: freshHeaders(STATE_COMPLETE_TYPE, owner.source, STATE_COMPLETE_KEY),
    };
    await this.published(await dataSource.transaction((manager) => outbox.add(manager, [message])), signal);
  }

  private async published(ids: string[], signal: AbortSignal): Promise<void> {
    const last = ids.at(-1);
    if (last !== undefined && !(await this.gone(last, PUBLISHED_WITHIN_MS, signal)))
      throw new KafkaUnavailable(`${this.on.owner.topic} did not take its states within ${PUBLISHED_WITHIN_MS} ms`);
  }
}
