import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { eventually } from '../../../test/support/eventually.js';
import { OutboxBed, quietRoute } from './testing.suite.js';
import { inBackground } from '../../../test/support/in-background.js';

let bed: OutboxBed;
beforeEach(async () => {
  bed = await OutboxBed.open();
});
afterEach(() => bed.close());

const LOCK = 4_120_114;

/** Somebody at a prompt who holds the relay's lock. */
async function holdLock(application = 'psql'): Promise<Client> {
  const client = new Client({ connectionString: bed.database.url, application_name: application });
  client.on('error', () => undefined); // its end by the test's own
  await client.connect();
  await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  return client;
}

describe('whether somebody publishes', () => {
  it('is known to the one that does and to the others', async () => {
    const [first, second] = [bed.instance(), bed.instance()];
    expect(first.outbox.isLed).toBe(false);
    first.outbox.start();
    await eventually(() => expect(first.outbox.isLed && first.outbox.isLeader).toBe(true));
    second.outbox.start();
    await eventually(() => expect(second.outbox.isLed).toBe(true));
    expect(second.outbox.isLeader).toBe(false);
  });

  it('is denied where the lock is held by something else; its name is said once, and all goes out after it let go', async () => {
    const holder = await holdLock();
    const instances = [bed.instance(), bed.instance()];
    for (const { outbox } of instances) outbox.start();
    const [{ outbox, log, registry }] = instances as [(typeof instances)[0]];
    const ids = await bed.add(outbox, bed.message('a', '1'));
    await eventually(() => expect(log.map(({ event }) => event)).toEqual(['outbox.nobody-publishes']));
    expect(log[0]).toMatchObject({ level: 'warn', lock: { application: 'psql', user: 'postgres' } });
    for (const one of instances) expect(one.outbox.isLed).toBe(false);
    expect(await registry.getSingleMetricAsString('outbox_pending')).toMatch(/^outbox_pending 1$/m);
    await holder.end();
    expect(await outbox.published(ids, 15_000)).toBe(true);
    await eventually(() => {
      for (const one of instances) expect(one.outbox.isLed).toBe(true);
    });
    expect(log.filter(({ event }) => event === 'outbox.nobody-publishes')).toHaveLength(1);
  });

  it('is denied ten seconds after the lock was taken away from the one that did', { timeout: 400_000 }, async () => {
    const { outbox, log } = bed.instance();
    outbox.start();
    await eventually(() => expect(outbox.isLed).toBe(true));
    const waiting = inBackground(holdLock()); // gets it when the relay's session ends
    await eventually(async () => expect(await bed.blocked()).toBe(1));
    await bed.endLeader();
    const holder = await waiting;
    expect(outbox.isLed).toBe(true); // a takeover may take some seconds
    await eventually(() => expect(outbox.isLed).toBe(false));
    await eventually(() => expect(log.map(({ event }) => event)).toContain('outbox.nobody-publishes'));
    await holder.end();
    await eventually(() => expect(outbox.isLed).toBe(true));
  });

  it('is believed of a relay of an earlier build, as long as that works', { timeout: 400_000 }, async () => {
    const older = await holdLock('nitropush-test-outbox');
    const work = setInterval(() => void older.query('SELECT 1').catch(() => undefined), 500);
    const { outbox } = bed.instance();
    outbox.start();
    await eventually(() => expect(outbox.isLed).toBe(true));
    clearInterval(work); // from here on it hangs
    await eventually(() => expect(outbox.isLed).toBe(false));
    await older.end();
  });
});

it('a relay whose process is frozen loses the lock to another', { timeout: 400_000 }, async () => {
  const route = await quietRoute(bed.database.url);
  const [frozen, other] = [bed.instance({ databaseUrl: route.url }), bed.instance()];
  try {
    frozen.outbox.start();
    await eventually(() => expect(frozen.outbox.isLeader).toBe(true));
    route.freeze(); // the server sees a connection that is open, and on which nothing comes
    other.outbox.start();
    const ids = await bed.add(other.outbox, bed.message('a', '1'));
    expect(await other.outbox.published(ids, 40_000)).toBe(true);
    expect(other.outbox.isLeader).toBe(true);
  } finally {
    await frozen.close();
    await route.close();
  }
});

describe('the metrics of the outbox', () => {
  it('are the same from every instance', async () => {
    const instances = [bed.instance(), bed.instance(), bed.instance()];
    for (const { outbox, connection } of instances) {
      connection.refuses = () => true;
      outbox.start();
    }
    await bed.add(instances[0]!.outbox, bed.message('a', '1'), bed.message('a', '2'));
    for (const { registry } of instances)
      expect(await registry.getSingleMetricAsString('outbox_pending')).toMatch(/^outbox_pending 2$/m);
  });

  it('are missing where the table cannot be asked, and are there again afterwards', async () => {
    const dataSource = new DataSource({ type: 'postgres', url: bed.database.url });
    await dataSource.initialize();
    const { registry } = bed.instance({ dataSource });
    const shown = async (): Promise<string[]> =>
      (await registry.metrics()).split('\n').filter((line) => /^outbox_\w+ /.test(line));
    expect((await shown()).map((line) => line.split(' ')[0])).toEqual([
      'outbox_pending',
      'outbox_oldest_seconds',
      'outbox_set_aside',
    ]);
    await dataSource.destroy();
    expect(await shown()).toEqual([]);
    await dataSource.initialize();
    expect(await shown()).toHaveLength(3);
    await dataSource.destroy();
  });
});
