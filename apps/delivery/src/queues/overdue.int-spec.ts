import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import type { DeliveryRequested } from '#libs/contracts';
import { createLogger, createRegistry } from '#libs/observability';
import type { InboundRecord } from '#libs/kafka';
import { eventually } from '../../../../test/support/eventually.js';
import { buildLedgerEntry, type EntryOf } from '../ledger/build-ledger-entry.suite.js';
import { makeKnown, startLedgerApi, type LedgerApi } from '../ledger/ledger-api.suite.js';
import type { LedgerEntry } from '../ledger/ledger-entry.js';
import { QueueEvents } from '../ledger/queue-events.js';
import { Ledger } from '../ledger/ledger.service.js';
import { buildOwnership } from '../ownership/build-ownership.suite.js';
import type { Attempt } from '../sending/attempts.service.js';
import type { Delivery } from '../sending/delivery.js';
import { Lanes } from '../sending/lanes.service.js';
import { Parking } from '../sending/parking.service.js';
import { Sender } from '../sending/sender.service.js';
import { Turns } from '../sending/turns.service.js';
import { Feeder } from './feeder.service.js';
import { OverdueReport } from './overdue-report.js';
import { Overdue } from './overdue.service.js';
import { OverdueQueries } from './overdue.queries.js';
import { Pump } from './pump.service.js';
import { QueueGate } from './queue-gate.js';
import { QueueQueries } from './queue.queries.js';
import { inBackground } from '../../../../test/support/in-background.js';

const ORG = 'org-overdue';
const MINUTE = 60_000;

let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi();
  await api.partitions.ensure();
});
afterAll(() => api?.close());
afterEach(() => api.dataSource.query('TRUNCATE deliveries, attempts'));

interface System {
  overdue: { look: () => Promise<number> };
  queries: OverdueQueries;
  sender: Sender;
  /** What was posted, as deliveryId:round:attempt. */
  posts: string[];
  /** Whose next step was sent again. */
  repeated: string[];
  /** Holds attempts back until it is called. */
  hold: () => () => void;
}

const nameOf = ({ deliveryId, round, attempt }: DeliveryRequested): string => `${deliveryId}:${round}:${attempt}`;

/** The parts that take a delivery from the ledger to its attempt; the post is the test's, and the ledger is told of it. */
function system({ ownsAll = true } = {}): System {
  const logger = createLogger('delivery', 'fatal');
  const posts: string[] = [];
  let held: Promise<void> | undefined;
  const make = async ({ request, position }: Delivery): Promise<void> => {
    posts.push(nameOf(request));
    await held;
    const entry = buildLedgerEntry({ number: request.attempt, round: request.round, status: 'delivered' });
    await api.ledger.record({ ...entry, request, queuePosition: position });
  };
  const begin = (delivery: Delivery): Attempt => {
    const recorded = make(delivery);
    return { posted: recorded.catch(() => undefined), recorded };
  };
  const repeated: string[] = [];
  const repeat = ({ request }: Delivery): Promise<void> => Promise.resolve(void repeated.push(nameOf(request)));
  const ownership = buildOwnership({ ownsAll });
  const queues = new QueueEvents();
  const lanes = new Lanes({ of: () => 8 }, ownership, queues);
  const parking = new Parking(api.ledger, lanes);
  const sender = new Sender(api.ledger, new Turns(lanes, { begin }, parking), { repeat }, ownership, {
    take: () => false,
  });
  const { integrations } = api;
  const gate = new QueueGate(ownership, integrations);
  const feeder = new Feeder(new QueueQueries(api.dataSource), sender, parking, gate, logger);
  new Pump(feeder, gate, queues, integrations, logger);
  const queries = new OverdueQueries(api.dataSource);
  const report = new OverdueReport(createRegistry('delivery'), queries, { deliveryTimeoutMs: 10_000 }, logger);
  const everything = new Overdue(queries, sender, ownership, queues, report);
  const overdue = { look: () => everything.look(MINUTE) };
  const hold = (): (() => void) => {
    let release = (): void => undefined;
    held = new Promise((resolve) => (release = resolve));
    return release;
  };
  return { overdue, queries, sender, posts, repeated, hold };
}

interface Of extends EntryOf {
  /** How long ago it was due, in ms; negative: it is not due yet. */
  dueFor?: number;
  /** How long ago it was written, in ms. */
  writtenFor?: number;
  queue?: LedgerEntry['queue'];
}

/** A row as it lies in the ledger. */
async function row({ dueFor, writtenFor = 0, queue = null, ...of }: Of): Promise<LedgerEntry> {
  const integrationId = of.integrationId ?? makeKnown(api.integrations, ORG);
  const entry = buildLedgerEntry({ organizationId: ORG, status: 'retrying', ...of, integrationId });
  const nextAttemptAt = dueFor === undefined ? null : new Date(Date.now() - dueFor);
  const whole = { ...entry, nextAttemptAt, queue };
  await new Ledger(api.dataSource, { now: () => Date.now() - writtenFor }).record(whole);
  return whole;
}

const statusOf = async ({ request }: LedgerEntry): Promise<string> => {
  const [found] = await api.dataSource.query<{ status: string }[]>('SELECT status FROM deliveries WHERE id = $1', [
    request.deliveryId,
  ]);
  return found!.status;
};

/** The record of an attempt, as Kafka would bring it. */
const record = (request: DeliveryRequested): InboundRecord => ({
  topic: 'delivery.requested',
  partition: 0,
  offset: '7',
  key: request.integrationId,
  value: Buffer.from(JSON.stringify(request)),
  headers: {},
  timestamp: 0,
  owned: true,
});

const nextOf = ({ request }: LedgerEntry): DeliveryRequested => ({ ...request, attempt: request.attempt + 1 });

describe('what is open and overdue', () => {
  it('is made from the ledger, in the same round, and its record is dropped where it comes after all', async () => {
    const { overdue, sender, posts, repeated } = system();
    const entry = await row({ dueFor: 2 * MINUTE, number: 2 });
    expect(await overdue.look()).toBe(1);
    await eventually(async () => expect(await statusOf(entry)).toBe('delivered'));
    expect(posts).toEqual([`${entry.request.deliveryId}:1:3`]);
    await sender.take(record(nextOf(entry)));
    expect([posts.length, repeated.length]).toEqual([1, 0]); // no second retry, dead letter or outcome of it either
    expect(await overdue.look()).toBe(0);
  });

  it.each<[string, Of, boolean]>([
    ['a retry that was due two minutes ago', { dueFor: 2 * MINUTE }, true],
    ['one that was due half a minute ago', { dueFor: MINUTE / 2 }, false],
    ['one that is not due yet, written long ago', { dueFor: -MINUTE, writtenFor: 10 * MINUTE }, false],
    ['a first attempt that nobody has touched', { status: 'pending', attempt: null, writtenFor: 2 * MINUTE }, true],
    ['a first attempt of a moment ago', { status: 'pending', attempt: null }, false],
    ['a test', { status: 'pending', attempt: null, test: true, writtenFor: 2 * MINUTE }, true],
    ['what waits in a queue', { status: 'pending', attempt: null, queue: 1, writtenFor: 2 * MINUTE }, false],
    ['a dead letter', { status: 'dead', writtenFor: 2 * MINUTE }, false],
    ['what is held', { status: 'held', attempt: null, writtenFor: 2 * MINUTE }, false],
    ['what was delivered', { status: 'delivered', writtenFor: 2 * MINUTE }, false],
    ['a retry of an event of last year', { dueFor: 2 * MINUTE, at: new Date('2025-01-01') }, true],
  ])('%s is taken up or left: %o', async (_case, of, taken) => {
    const { overdue, queries, posts } = system();
    const entry = await row(of);
    expect(await queries.count(MINUTE)).toBe(taken ? 1 : 0);
    expect(await overdue.look()).toBe(taken ? 1 : 0);
    if (!taken) return;
    await eventually(() => expect(posts).toEqual([nameOf({ ...nextOf(entry), attempt: entry.roundAttempts + 1 })]));
    await eventually(async () => expect(await statusOf(entry)).toBe('delivered'));
  });

  it('is left to the instance that owns its partition', async () => {
    const { overdue, posts } = system({ ownsAll: false });
    await row({ dueFor: 2 * MINUTE });
    expect(await overdue.look()).toBe(0);
    expect(posts).toEqual([]);
  });

  it('is left alone while this process is at its attempt', async () => {
    const { overdue, sender, posts, hold } = system();
    const release = hold();
    const entry = await row({ dueFor: 2 * MINUTE });
    const taking = inBackground(sender.take(record(nextOf(entry))));
    await eventually(() => expect(posts).toHaveLength(1));
    expect(await overdue.look()).toBe(0);
    release();
    await taking;
    expect(posts).toHaveLength(1);
  });

  it('is posted once where its record comes between the look and the queue', async () => {
    const { overdue, queries, sender, posts, hold } = system();
    const release = hold();
    const entry = await row({ dueFor: 2 * MINUTE });
    const [found] = await queries.find(MINUTE, undefined, 10);
    const taking = inBackground(sender.take(record(nextOf(entry))));
    await eventually(() => expect(posts).toHaveLength(1));
    expect(await queries.takeUp([found!])).toHaveLength(1); // queued, although its attempt is being made
    void overdue.look();
    release();
    await taking;
    await eventually(async () => expect(await statusOf(entry)).toBe('delivered'));
    expect(await overdue.look()).toBe(0);
    expect(posts).toHaveLength(1);
  });

  it('is not queued where it moved on since the look', async () => {
    const { queries } = system();
    const entry = await row({ dueFor: 2 * MINUTE });
    const found = await queries.find(MINUTE, undefined, 10);
    await api.ledger.record({ ...entry, roundAttempts: 2, request: nextOf(entry) });
    expect(await queries.takeUp(found)).toEqual([]);
  });

  it('is posted once each where a backlog of records and the look race for the same thousands', async () => {
    const { overdue, sender, posts } = system();
    const integrations = Array.from({ length: 20 }, () => makeKnown(api.integrations, ORG));
    const entries = await Promise.all(
      Array.from({ length: 2_500 }, (_, n) => row({ dueFor: 60 * MINUTE, integrationId: integrations[n % 20] })),
    );
    const looking = overdue.look();
    const taking = entries.map((entry) => sender.take(record(nextOf(entry))));
    await Promise.all([looking, ...taking]);
    await eventually(async () => {
      const [left] = await api.dataSource.query<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM deliveries WHERE status <> 'delivered'`,
      );
      expect(left!.n).toBe(0);
    });
    expect(posts).toHaveLength(2_500);
    expect(new Set(posts).size).toBe(2_500);
  });

  it('is found by its own index, in the partitions that there are', async () => {
    await api.dataSource.query('ANALYZE deliveries');
    const plan = await api.dataSource.transaction(async (manager) => {
      await manager.query('SET LOCAL enable_seqscan = off'); // the tables of a test are so small that reading them costs nothing
      return manager.query<{ 'QUERY PLAN': string }[]>(
        `EXPLAIN SELECT id FROM deliveries WHERE queue IS NULL AND status IN ('pending', 'retrying')
           AND coalesce(next_attempt_at, updated_at) < now() - 60000 * interval '1 ms' ORDER BY coalesce(next_attempt_at, updated_at), id LIMIT 10`,
      );
    });
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toContain('Index');
    expect(text).not.toContain('Seq Scan');
  });
});
