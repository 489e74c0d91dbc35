import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STATE_COMPLETE_TYPE } from '#libs/contracts';
import { ensureTopics } from '#libs/kafka';
import { eventually } from '../../../test/support/eventually.js';
import { KeeperBed, compared } from './state-keeper.suite.js';

let states: KeeperBed;
beforeEach(async () => (states = await KeeperBed.open()));
afterEach(() => states.close());

describe('the owner of a state topic', () => {
  it('says that a topic is complete which shows its table, once', async () => {
    await states.set(['a', '1'], ['b', '1']);
    await states.onTopic(['a', '1'], ['b', '1']);
    const { keeper, lines } = states.keep();
    const [first] = await compared(lines, 1);
    expect(first).toMatchObject({ level: 'info', records: 2, published: 0, deleted: 0, marked: true });
    await eventually(() => expect(states.marks()).toHaveLength(1));
    expect(states.marks()[0]!.headers).toMatchObject({ ce_type: STATE_COMPLETE_TYPE, ce_source: '/test' });
    expect(JSON.parse(String(states.marks()[0]!.value))).toMatchObject({ records: 2 });
    keeper.compare();
    expect((await compared(lines, 2))[1]).toMatchObject({ published: 0, deleted: 0, marked: false });
    expect(states.marks()).toHaveLength(1);
  });

  it('says so of an empty table, too', async () => {
    const { lines } = states.keep();
    expect((await compared(lines, 1))[0]).toMatchObject({ records: 0, marked: true });
    await eventually(() => expect(states.marks()).toHaveLength(1));
  });

  it('publishes what the topic lacks, holds otherwise, cannot be read of it, or is gone; then says that it is complete', async () => {
    await states.set(['lacking', '1'], ['otherwise', 'table'], ['unreadable', '1'], ['same', '1']);
    await states.onTopic(
      ['otherwise', 'topic'],
      ['unreadable', 'unreadable'],
      ['same', '1'],
      ['gone', '1'],
      ['deleted', null],
    );
    const { lines } = states.keep();
    expect((await compared(lines, 1))[0]).toMatchObject({
      level: 'warn',
      records: 4,
      published: 3,
      deleted: 1,
      marked: true,
    });
    await eventually(() => expect(states.marks()).toHaveLength(1));
    await eventually(() =>
      expect(states.shown()).toEqual({ lacking: '1', otherwise: 'table', unreadable: '1', same: '1' }),
    );
    expect(await states.instance.registry.getSingleMetricAsString('state_repairs_total')).toMatch(
      /kind="published"\} 3$/m,
    );
  });

  it('holds that readers went on without what a complete topic lacks, but not without what was deleted there', async () => {
    await states.set(['lacking', '1'], ['brought back', '1']);
    await states.onTopic(['brought back', '1'], ['brought back', null]);
    const { keeper, lines } = states.keep();
    await compared(lines, 1);
    expect(states.owner.late).toEqual([]); // nothing was routed before it was complete
    await states.onTopic(['brought back', null]);
    await states.set(['never shown', '1']);
    keeper.compare();
    expect((await compared(lines, 2))[1]).toMatchObject({ published: 2 });
    expect(states.owner.late).toEqual(['never shown']);
  });

  it('reads more than a page of either', async () => {
    const rows = Array.from({ length: 1_203 }, (_, n): [string, string] => [String(n).padStart(5, '0'), '1']);
    await states.set(...rows);
    const { keeper, lines } = states.keep();
    expect((await compared(lines, 1))[0]).toMatchObject({ records: 1_203, published: 1_203 });
    keeper.compare();
    expect((await compared(lines, 2))[1]).toMatchObject({ records: 1_203, published: 0, marked: false });
  });

  it('puts everything back on a topic that was created again', async () => {
    await states.set(['a', '1'], ['b', '2']);
    const { lines } = states.keep();
    await compared(lines, 1);
    const admin = await states.instance.connection.admin();
    await admin.deleteTopics({ topics: [states.bed.stateTopic] });
    await eventually(async () => expect(await admin.listTopics()).not.toContain(states.bed.stateTopic));
    await ensureTopics(states.instance.connection, [{ name: states.bed.stateTopic, partitions: 3, compacted: true }]);
    const comparisons = (): typeof lines => lines.filter(({ event }) => event === 'state.compared');
    await eventually(() => expect(comparisons().at(-1)).toMatchObject({ records: 2, published: 2, marked: true }));
  });

  it('takes a change that comes while it repairs for what it is', async () => {
    await states.set(['a', 'old'], ['b', '1']);
    await states.onTopic(['a', 'topic']);
    states.owner.before = async () => {
      states.owner.before = () => Promise.resolve();
      await states.bed.dataSource.transaction(async (manager) => {
        await manager.query(`UPDATE state_values SET value = 'new' WHERE id = 'a'`);
        await states.instance.outbox.add(manager, [states.bed.state('a', 'new')]);
      });
    };
    const { lines } = states.keep();
    await compared(lines, 1);
    await eventually(() => expect(states.shown()).toEqual({ a: 'new', b: '1' }));
    expect(states.bed.records.filter(({ key }) => key === 'a').map(({ value }) => String(value))).not.toContain('old');
  });

  it('does it on the instance that publishes, and on the next one when that has stopped', async () => {
    await eventually(() => expect(states.instance.outbox.isLeader).toBe(true));
    const second = states.bed.instance();
    second.outbox.start();
    const [first, other] = [states.keep(), states.keep(second)];
    await compared(first.lines, 1);
    expect(other.lines).toEqual([]);
    await first.keeper.stop();
    await states.instance.close();
    await states.set(['a', '1']);
    await compared(other.lines, 1);
    await eventually(() => expect(states.shown()).toEqual({ a: '1' }));
  });

  it('is not stopped by a state that the brokers never take', async () => {
    await states.set(['large', 'x'.repeat(1_000_000)], ['a', '1']);
    const { keeper, lines } = states.keep();
    expect((await compared(lines, 1))[0]).toMatchObject({ records: 2, published: 2, marked: true });
    await eventually(() => expect(states.shown()).toEqual({ a: '1' }));
    await states.set(['large', 'small']);
    keeper.compare();
    await compared(lines, 2);
    keeper.compare();
    await compared(lines, 3);
    await eventually(async () =>
      expect(await states.bed.dataSource.query('SELECT 1 FROM outbox_set_aside')).toEqual([]),
    );
    expect(states.shown()).toEqual({ a: '1', large: 'small' });
  });

  it('says once that the brokers are away, and compares when they are back', async () => {
    await states.set(['a', '1']);
    states.instance.connection.refuses = () => true;
    const { lines } = states.keep();
    await eventually(async () => expect(await states.bed.left()).toBe(1));
    states.instance.connection.refuses = () => false;
    await compared(lines, 1);
    await eventually(() => expect(states.shown()).toEqual({ a: '1' }));
  });
});
