import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { KeeperBed, compared, logged, type Line } from './state-keeper.suite.js';

let states: KeeperBed;
beforeEach(async () => (states = await KeeperBed.open()));
afterEach(() => states.close());

describe('the owner of a state topic, on a table that looks as if it had never held what is on the topic', () => {
  const STATES: [string, string][] = [
    ['a', '1'],
    ['b', '1'],
    ['c', '1'],
  ];
  const refused = (lines: Line[]): Line[] => lines.filter(({ event }) => event === 'state.deletion-refused');

  it.each<[string, [string, string][], number]>([
    ['it is empty', [], 0],
    ['it has been used since', [['d', '1']], 1],
  ])('deletes nothing and is not ready where %s', async (_case, rows, records) => {
    await states.set(...rows);
    await states.onTopic(...STATES);
    const { keeper, lines } = states.keep();
    expect((await logged(lines, 'state.deletion-refused', 1))[0]).toMatchObject({
      level: 'error',
      topic: states.bed.stateTopic,
      states: 3,
      records,
    });
    expect(refused(lines)[0]!['check']).toContain('STATE_TOPIC_MAY_BE_EMPTIED');
    expect(keeper.agrees).toBe(false);
    await eventually(() => expect(states.shown()).toMatchObject(Object.fromEntries(STATES)));
    expect([states.marks(), lines.filter(({ event }) => event === 'state.compared')]).toEqual([[], []]);
  });

  it('goes on by itself where the rows come back', async () => {
    await states.onTopic(...STATES);
    const { keeper, lines } = states.keep();
    await logged(lines, 'state.deletion-refused', 1);
    await states.set(['a', '1'], ['b', 'restored']);
    keeper.compare();
    expect((await compared(lines, 1))[0]).toMatchObject({ records: 2, published: 1, deleted: 1, marked: true });
    expect(keeper.agrees).toBe(true);
    await eventually(() => expect(states.shown()).toEqual({ a: '1', b: 'restored' }));
    expect(refused(lines)).toHaveLength(1);
  });

  it('deletes them where that is confirmed', async () => {
    await states.onTopic(...STATES);
    const { keeper, lines } = states.keep(states.instance, true);
    expect((await compared(lines, 1))[0]).toMatchObject({ records: 0, deleted: 3, marked: true });
    await eventually(() => expect(states.shown()).toEqual({}));
    expect(keeper.agrees).toBe(true);
    expect(lines.map(({ event }) => event)).toEqual(['state.deletion-confirmed', 'state.compared']);
  });

  it('needs no confirmation for rows whose tombstones are on their way', async () => {
    await states.onTopic(...STATES);
    states.instance.connection.refuses = () => true;
    await states.bed.add(states.instance.outbox, ...STATES.map(([key]) => states.bed.state(key, null)));
    const { keeper, lines } = states.keep();
    await eventually(() => expect(lines.map(({ event }) => event)).toContain('state.not-compared'));
    expect([keeper.agrees, refused(lines)]).toEqual([true, []]);
    states.instance.connection.refuses = () => false;
    expect((await compared(lines, 1))[0]).toMatchObject({ records: 0, deleted: 0, marked: true });
    expect(refused(lines)).toEqual([]);
  });
});
