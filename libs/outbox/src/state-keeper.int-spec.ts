import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntityManager } from 'typeorm';
import { STATE_COMPLETE_KEY, STATE_COMPLETE_TYPE } from '#libs/contracts';
import { ensureTopics, type InboundRecord } from '#libs/kafka';
import { createLogger } from '#libs/observability';
import { eventually } from '../../../test/support/eventually.js';
import { StateKeeper, type OutboxMessage, type StateOwner } from './index.js';
import { OutboxBed, type Instance } from './testing.suite.js';

interface Row {
  id: string;
  value: string;
}

/** A table of values by their ids. */
class Values implements StateOwner<Row, string> {
  readonly source = '/test';
  /** Held until it has resolved, before rows are locked. */
  before = (): Promise<void> => Promise.resolve();
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
  ): Promise<OutboxMessage[]> {
    await this.before();
    const rows = await manager.query<Row[]>('SELECT id, value FROM state_values WHERE id = ANY($1) FOR UPDATE', [keys]);
    const there = new Set(rows.map(({ id }) => id));
    return [
      ...rows.filter(({ id, value }) => seen.get(id) !== value).map(({ id, value }) => this.bed.state(id, value)),
      ...keys.filter((key) => seen.has(key) && !there.has(key)).map((key) => this.bed.state(key, null)),
    ];
  }
}

let bed: OutboxBed;
let instance: Instance;
let owner: Values;
let keepers: StateKeeper<Row, string>[];
beforeEach(async () => {
  bed = await OutboxBed.open();
  await bed.dataSource.query('CREATE TABLE state_values (id text PRIMARY KEY, value text NOT NULL)');
  instance = bed.instance();
  instance.outbox.start();
  owner = new Values(bed);
  keepers = [];
});
afterEach(async () => {
  await Promise.all(keepers.map((keeper) => keeper.stop()));
  await bed.close();
});

type Line = Record<string, unknown>;

function keep({ outbox, connection, registry }: Instance = instance): {
  keeper: StateKeeper<Row, string>;
  lines: Line[];
} {
  const lines: Line[] = [];
  const logger = createLogger('test', 'info', { write: (line) => void lines.push(JSON.parse(line) as Line) });
  const { dataSource } = bed;
  const keeper = new StateKeeper({
    dataSource,
    outbox,
    connection,
    groupPrefix: 'test.compare',
    owner,
    logger,
    registry,
  });
  keepers.push(keeper);
  keeper.start();
  return { keeper, lines };
}

const set = (...rows: [id: string, value: string][]): Promise<unknown> =>
  bed.dataSource.query(
    `INSERT INTO state_values SELECT * FROM json_to_recordset($1) AS r(id text, value text)
     ON CONFLICT (id) DO UPDATE SET value = excluded.value`,
    [JSON.stringify(rows.map(([id, value]) => ({ id, value })))],
  );
const onTopic = async (...states: [key: string, value: string | null][]): Promise<void> => {
  const ids = await bed.add(instance.outbox, ...states.map(([key, value]) => bed.state(key, value)));
  expect(await instance.outbox.published(ids, 15_000)).toBe(true);
};
const compared = (lines: Line[]): Line[] => lines.filter(({ event }) => event === 'state.compared');
const times = (lines: Line[], count: number): Promise<Line[]> =>
  eventually(
    () => {
      expect(compared(lines)).toHaveLength(count);
      return compared(lines);
    },
    { timeoutMs: 30_000 },
  );
/** What the topic says of each key by now, without the mark. */
const shown = (): Record<string, string> => {
  const states: Record<string, string> = {};
  for (const { key, value } of bed.records)
    if (value === null) delete states[key!];
    else if (key !== STATE_COMPLETE_KEY) states[key!] = String(value);
  return states;
};
const marks = (): InboundRecord[] => bed.records.filter(({ key }) => key === STATE_COMPLETE_KEY);

describe('the owner of a state topic', () => {
  it('says that a topic is complete which shows its table, once', async () => {
    await set(['a', '1'], ['b', '1']);
    await onTopic(['a', '1'], ['b', '1']);
    const { keeper, lines } = keep();
    const [first] = await times(lines, 1);
    expect(first).toMatchObject({ level: 'info', records: 2, published: 0, deleted: 0, marked: true });
    await eventually(() => expect(marks()).toHaveLength(1));
    expect(marks()[0]!.headers).toMatchObject({ ce_type: STATE_COMPLETE_TYPE, ce_source: '/test' });
    expect(JSON.parse(String(marks()[0]!.value))).toMatchObject({ records: 2 });
    keeper.compare();
    expect((await times(lines, 2))[1]).toMatchObject({ published: 0, deleted: 0, marked: false });
    expect(marks()).toHaveLength(1);
  });

  it('says so of an empty table, too', async () => {
    const { lines } = keep();
    expect((await times(lines, 1))[0]).toMatchObject({ records: 0, marked: true });
    await eventually(() => expect(marks()).toHaveLength(1));
  });

  it('publishes what the topic lacks, holds otherwise, cannot be read of it, or is gone; then says that it is complete', async () => {
    await set(['lacking', '1'], ['otherwise', 'table'], ['unreadable', '1'], ['same', '1']);
    await onTopic(
      ['otherwise', 'topic'],
      ['unreadable', 'unreadable'],
      ['same', '1'],
      ['gone', '1'],
      ['deleted', null],
    );
    const { lines } = keep();
    expect((await times(lines, 1))[0]).toMatchObject({
      level: 'warn',
      records: 4,
      published: 3,
      deleted: 1,
      marked: true,
    });
    await eventually(() => expect(marks()).toHaveLength(1));
    await eventually(() => expect(shown()).toEqual({ lacking: '1', otherwise: 'table', unreadable: '1', same: '1' }));
    expect(await instance.registry.getSingleMetricAsString('state_repairs_total')).toMatch(/kind="published"\} 3$/m);
  });

  it('reads more than a page of either', async () => {
    const rows = Array.from({ length: 1_203 }, (_, n): [string, string] => [String(n).padStart(5, '0'), '1']);
    await set(...rows);
    const { keeper, lines } = keep();
    expect((await times(lines, 1))[0]).toMatchObject({ records: 1_203, published: 1_203 });
    keeper.compare();
    expect((await times(lines, 2))[1]).toMatchObject({ records: 1_203, published: 0, marked: false });
  });

  it('puts everything back on a topic that was created again', async () => {
    await set(['a', '1'], ['b', '2']);
    const { lines } = keep();
    await times(lines, 1);
    const admin = await instance.connection.admin();
    await admin.deleteTopics({ topics: [bed.stateTopic] });
    await eventually(async () => expect(await admin.listTopics()).not.toContain(bed.stateTopic));
    await ensureTopics(instance.connection, [{ name: bed.stateTopic, partitions: 3, compacted: true }]);
    await eventually(() => expect(compared(lines).at(-1)).toMatchObject({ records: 2, published: 2, marked: true }), {
      timeoutMs: 30_000,
    });
  });

  it('takes a change that comes while it repairs for what it is', async () => {
    await set(['a', 'old'], ['b', '1']);
    await onTopic(['a', 'topic']);
    owner.before = async () => {
      owner.before = () => Promise.resolve();
      await bed.dataSource.transaction(async (manager) => {
        await manager.query(`UPDATE state_values SET value = 'new' WHERE id = 'a'`);
        await instance.outbox.add(manager, [bed.state('a', 'new')]);
      });
    };
    const { lines } = keep();
    await times(lines, 1);
    await eventually(() => expect(shown()).toEqual({ a: 'new', b: '1' }));
    expect(bed.records.filter(({ key }) => key === 'a').map(({ value }) => String(value))).not.toContain('old');
  });

  it('does it on the instance that publishes, and on the next one when that has stopped', async () => {
    await eventually(() => expect(instance.outbox.isLeader).toBe(true));
    const second = bed.instance();
    second.outbox.start();
    const [first, other] = [keep(), keep(second)];
    await times(first.lines, 1);
    expect(other.lines).toEqual([]);
    await first.keeper.stop();
    await instance.close();
    await set(['a', '1']);
    await times(other.lines, 1);
    await eventually(() => expect(shown()).toEqual({ a: '1' }));
  });

  it('is not stopped by a state that the brokers never take', async () => {
    await set(['large', 'x'.repeat(1_000_000)], ['a', '1']);
    const { keeper, lines } = keep();
    expect((await times(lines, 1))[0]).toMatchObject({ records: 2, published: 2, marked: true });
    await eventually(() => expect(shown()).toEqual({ a: '1' }));
    await set(['large', 'small']);
    keeper.compare();
    await times(lines, 2);
    keeper.compare();
    await times(lines, 3);
    await eventually(async () => expect(await bed.dataSource.query('SELECT 1 FROM outbox_set_aside')).toEqual([]));
    expect(shown()).toEqual({ a: '1', large: 'small' });
  });

  it('says once that the brokers are away, and compares when they are back', async () => {
    await set(['a', '1']);
    instance.connection.refuses = () => true;
    const { lines } = keep();
    await eventually(async () => expect(await bed.left()).toBe(1));
    instance.connection.refuses = () => false;
    await times(lines, 1);
    await eventually(() => expect(shown()).toEqual({ a: '1' }));
  });
});
