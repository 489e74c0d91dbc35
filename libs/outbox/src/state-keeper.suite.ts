import type { EntityManager } from 'typeorm';
import { expect } from 'vitest';
import { STATE_COMPLETE_KEY } from '#libs/contracts';
import type { InboundRecord } from '#libs/kafka';
import { createLogger } from '#libs/observability';
import { eventually } from '../../../test/support/eventually.js';
import { StateKeeper, type OutboxMessage, type StateOwner } from './index.js';
import { OutboxBed, type Instance } from './testing.suite.js';

interface Row {
  id: string;
  value: string;
}

/** A table of values by their ids. */
export class Values implements StateOwner<Row, string> {
  readonly source = '/test';
  /** Held until it has resolved, before rows are locked. */
  before = (): Promise<void> => Promise.resolve();
  /** Keys of repaired rows that readers may have gone on without. */
  readonly late: string[] = [];
  constructor(
    private readonly bed: OutboxBed,
    readonly topic = bed.stateTopic,
  ) {}

  seen({ value }: InboundRecord): string | undefined {
    return String(value) === 'unreadable' ? undefined : String(value);
  }

  page(afterKey: string | undefined, limit: number): Promise<Row[]> {
    return this.bed.dataSource.query('SELECT id, value FROM state_values WHERE id > $1 ORDER BY id LIMIT $2', [
      afterKey ?? '',
      limit,
    ]);
  }

  keyOf({ id }: Row): string {
    return id;
  }

  agrees({ value }: Row, seen: string): boolean {
    return value === seen;
  }

  async repair(
    manager: EntityManager,
    keys: string[],
    seen: ReadonlyMap<string, string | undefined>,
    mayBeLate: (key: string) => boolean,
  ): Promise<OutboxMessage[]> {
    await this.before();
    const rows = await manager.query<Row[]>('SELECT id, value FROM state_values WHERE id = ANY($1) FOR UPDATE', [keys]);
    this.late.push(...rows.map(({ id }) => id).filter(mayBeLate));
    const there = new Set(rows.map(({ id }) => id));
    return [
      ...rows.filter(({ id, value }) => seen.get(id) !== value).map(({ id, value }) => this.bed.state(id, value)),
      ...keys.filter((key) => seen.has(key) && !there.has(key)).map((key) => this.bed.state(key, null)),
    ];
  }
}

export type Line = Record<string, unknown>;

export interface Kept {
  keeper: StateKeeper<Row, string>;
  /** What it has logged. */
  lines: Line[];
}

/** An owner with its table, a topic for it, and keepers that compare the two. */
export class KeeperBed {
  readonly owner: Values;
  private readonly keepers: StateKeeper<Row, string>[] = [];
  private constructor(
    readonly bed: OutboxBed,
    readonly instance: Instance,
  ) {
    this.owner = new Values(bed);
  }

  static async open(): Promise<KeeperBed> {
    const bed = await OutboxBed.open();
    await bed.dataSource.query('CREATE TABLE state_values (id text PRIMARY KEY, value text NOT NULL)');
    const instance = bed.instance();
    instance.outbox.start();
    return new KeeperBed(bed, instance);
  }

  async close(): Promise<void> {
    await Promise.all(this.keepers.map((keeper) => keeper.stop()));
    await this.bed.close();
  }

  keep({ outbox, connection, registry }: Instance = this.instance, mayBeEmptied = false): Kept {
    const lines: Line[] = [];
    const logger = createLogger('test', 'info', { write: (line) => void lines.push(JSON.parse(line) as Line) });
    const { owner, bed } = this;
    const keeper = new StateKeeper({
      dataSource: bed.dataSource,
      outbox,
      connection,
      groupPrefix: 'test.compare',
      owner,
      mayBeEmptied,
      logger,
      registry,
    });
    this.keepers.push(keeper);
    keeper.start();
    return { keeper, lines };
  }

  /** Rows of the table. */
  set(...rows: [id: string, value: string][]): Promise<unknown> {
    return this.bed.dataSource.query(
      `INSERT INTO state_values SELECT * FROM json_to_recordset($1) AS r(id text, value text)
       ON CONFLICT (id) DO UPDATE SET value = excluded.value`,
      [JSON.stringify(rows.map(([id, value]) => ({ id, value })))],
    );
  }

  async onTopic(...states: [key: string, value: string | null][]): Promise<void> {
    const { bed, instance } = this;
    const ids = await bed.add(instance.outbox, ...states.map(([key, value]) => bed.state(key, value)));
    if (!(await instance.outbox.published(ids, 15_000))) throw new Error('the topic did not take its states');
  }

  /** What the topic says of each key by now, without the mark. */
  shown(): Record<string, string> {
    const states: Record<string, string> = {};
    for (const { key, value } of this.bed.records)
      if (value === null) delete states[key!];
      else if (key !== STATE_COMPLETE_KEY) states[key!] = String(value);
    return states;
  }

  marks(): InboundRecord[] {
    return this.bed.records.filter(({ key }) => key === STATE_COMPLETE_KEY);
  }
}

/** The lines of that name, once there are so many. */
export const logged = (lines: Line[], event: string, count: number): Promise<Line[]> =>
  eventually(() => {
    const found = lines.filter((line) => line['event'] === event);
    expect(found).toHaveLength(count);
    return found;
  });

/** What its comparisons found, once it has compared so many times. */
export const compared = (lines: Line[], times: number): Promise<Line[]> => logged(lines, 'state.compared', times);
