import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RawRecord } from '#libs/contracts';
import type { DeliveryOne } from '../ledger/delivery.dto.js';
import { buildLedgerEntry, nextEntry, type EntryOf } from '../ledger/build-ledger-entry.suite.js';
import type { LedgerEntry } from '../ledger/ledger-entry.js';
import { startLedgerApi, type LedgerApi } from '../ledger/ledger-api.suite.js';
import { createLogger } from '#libs/observability';
import { eventually } from '../../../../test/support/eventually.js';
import { AttemptStreams, type OutcomeFeed } from './attempt-streams.service.js';
import { buildOutcome } from './build-outcome.suite.js';
import { HeldResponse } from './held-response.suite.js';
import { openStream, type OpenStream } from './open-stream.suite.js';
import { StreamClient } from './stream-client.js';
import { StreamQueries } from './stream.queries.js';
import { inBackground } from '../../../../test/support/in-background.js';

/** Outcomes as a topic would bring them. */
class HandFeed implements OutcomeFeed {
  health: OutcomeFeed['health'] = 'starting';
  record: (record: RawRecord) => void;
  fatal: (error: Error) => void;
  starts = 0;

  open = (on: { record: HandFeed['record']; fatal: HandFeed['fatal'] }): OutcomeFeed => {
    Object.assign(this, on);
    return this;
  };
  start(): void {
    this.starts += 1;
    this.health = 'ready';
  }
  async stop(): Promise<void> {
    this.health = 'down';
  }
  tell(...entries: LedgerEntry[]): void {
    for (const entry of entries) this.record({ value: Buffer.from(JSON.stringify(buildOutcome(entry))), headers: {} });
  }
}

const feed = new HandFeed();
const streams: OpenStream[] = [];
let api: LedgerApi;
beforeAll(async () => {
  api = await startLedgerApi(feed.open);
});
afterEach(async () => {
  for (const stream of streams.splice(0)) await stream.close();
});
afterAll(() => api?.close());

async function open(
  organizationId: string,
  { lasts = 600, sub, ...options }: { lasts?: number; sub?: string; lastEventId?: string; query?: string } = {},
): Promise<OpenStream> {
  const token = await api.token(organizationId, { lastsSeconds: lasts, sub });
  const stream = await openStream(
    `${api.url}/api/v1/deliveries/stream${options.query ?? ''}`,
    token,
    options.lastEventId,
  );
  streams.push(stream);
  return stream;
}

async function recorded(of: EntryOf): Promise<LedgerEntry> {
  const entry = buildLedgerEntry(of);
  await api.ledger.record(entry);
  return entry;
}

describe('GET /api/v1/deliveries/stream', () => {
  it('sends each attempt of the organization as it happens, as the API shows it, and nothing of another', async () => {
    const stream = await open('org-live');
    await stream.ready();
    const foreign = await recorded({ organizationId: 'org-foreign' });
    const first = await recorded({ organizationId: 'org-live', status: 'retrying' });
    const held = await recorded({ organizationId: 'org-live', status: 'held', attempt: null });
    const second = nextEntry(first, { organizationId: 'org-live', number: 2 });
    feed.tell(foreign, held, first);
    const [one] = await stream.take(1);
    await api.ledger.record(second);
    feed.tell(second, second);
    const [two] = await stream.take(1);

    expect([one, two].map((event) => event!.type)).toEqual(['attempt', 'attempt']);
    expect(Number(two!.id)).toBeGreaterThan(Number(one!.id));
    expect([one, two].map((event) => event!.data.attempt.number)).toEqual([1, 2]);
    const { body } = await api.call<DeliveryOne>('org-live', `/api/v1/deliveries/${first.request.deliveryId}`);
    const { event: _e, request: _r, attempts, ...delivery } = body;
    expect(two!.data).toEqual({ delivery, attempt: attempts[1] });

    const third = await recorded({ organizationId: 'org-live' });
    feed.tell(third);
    const [next] = await stream.take(1); // the outcome that was told twice was sent once
    expect(next!.data.delivery.id).toBe(third.request.deliveryId);
  });

  it.each(['header', 'query'])('goes on after the last id that the client saw, told in the %s', async (where) => {
    const organizationId = `org-resume-${where}`;
    const entries: LedgerEntry[] = [];
    for (let i = 0; i < 250; i++) entries.push(await recorded({ organizationId }));
    const rows = await api.dataSource.query<{ seq: string }[]>(
      'SELECT seq FROM attempts WHERE organization_id = $1 ORDER BY seq',
      [organizationId],
    );
    const seen = rows[9]!.seq;
    const stream = await open(
      organizationId,
      where === 'header' ? { lastEventId: seen } : { query: `?lastEventId=${seen}.000003` },
    );
    const events = await stream.take(240);
    expect(events.map(({ id }) => id)).toEqual(rows.slice(10).map(({ seq }) => seq));
    const live = await recorded({ organizationId });
    feed.tell(live);
    expect((await stream.take(1))[0]!.data.delivery.id).toBe(live.request.deliveryId);
  });

  it('resumes with the newest 1,000', async () => {
    await api.dataSource.query(
      `WITH made AS (
         INSERT INTO deliveries
         SELECT (jsonb_populate_record(d, jsonb_build_object('organization_id', 'org-many', 'id', gen_random_uuid()))).* FROM deliveries d LIMIT 1
         RETURNING id, event_at
       ) INSERT INTO attempts (delivery_id, event_at, round, number, organization_id, started_at, duration_ms, outcome, permanent)
         SELECT id, event_at, i, 1, 'org-many', now(), 1, 'failed', false FROM made, generate_series(1, 1500) i`,
    );
    const stream = await open('org-many', { lastEventId: '0' });
    const rounds = (await stream.take(1_000)).map(({ data }) => data.attempt.round);
    expect(rounds).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 501));
  });

  it('finds in the ledger what no outcome told of', async () => {
    const quiet = new HandFeed();
    const lively = new AttemptStreams(new StreamQueries(api.dataSource), quiet.open, createLogger('test', 'error'), 20);
    const response = new HeldResponse();
    const client = new StreamClient(response, Date.now() + 60_000);
    const served = inBackground(lively.serve('org-missed', client, undefined));
    await eventually(() => expect(response.text).toContain(': live'));
    const entry = await recorded({ organizationId: 'org-missed' });
    await eventually(() => expect(response.text).toContain(entry.request.deliveryId));
    client.end('enough');
    await served;
    expect(lively.count).toBe(0);
  });

  it('ends when the token does', async () => {
    const stream = await open('org-short', { lasts: -28 }); // a token is believed for 30 s more: clocks differ
    await stream.ended();
    expect(stream.text()).toContain(': the token has expired');
  });

  it('ends when the feed fails, and the next stream begins a new one', async () => {
    const stream = await open('org-fail');
    await stream.ready();
    const before = feed.starts;
    feed.fatal(new Error('gone'));
    await stream.ended();
    expect(stream.text()).toContain('go on with Last-Event-ID');
    await (await open('org-fail')).ready();
    expect(feed.starts).toBe(before + 1);
  });

  it('is for a bounded number of readers of one organization', async () => {
    const token = await api.token('org-crowd', { sub: 'one more' });
    for (let i = 0; i < 20; i++) await open('org-crowd', { sub: `user ${i % 4}` });
    const answer = await fetch(`${api.url}/api/v1/deliveries/stream`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    await answer.text();
    await (await open('org-crowd-2')).ready();
  });

  it('is for a bounded number of readers of one user, and leaves room for the others of the organization', async () => {
    const token = await api.token('org-tabs', { sub: 'many tabs' });
    const answers = (): Promise<Response> =>
      fetch(`${api.url}/api/v1/deliveries/stream`, { headers: { authorization: `Bearer ${token}` } });
    for (let i = 0; i < 8; i++) await open('org-tabs', { sub: 'many tabs' });
    const answer = await answers();
    expect([answer.status, await answer.json()]).toMatchObject([
      429,
      { type: 'urn:nitropush:problem:too-many-streams' },
    ]);
    await (await open('org-tabs', { sub: 'somebody else' })).ready();
    await streams[0]!.close();
    await eventually(async () => {
      const again = await answers();
      void again.body?.cancel();
      expect(again.status).toBe(200);
    });
  });

  it('refuses an id that is not valid, and a caller without a token', async () => {
    expect((await api.call('org-live', '/api/v1/deliveries/stream?lastEventId=abc')).status).toBe(400);
    expect((await fetch(`${api.url}/api/v1/deliveries/stream`)).status).toBe(401);
  });

  it('ignores records that it cannot read', async () => {
    const stream = await open('org-bad');
    await stream.ready();
    feed.record({ value: Buffer.from('{'), headers: {} });
    const entry = await recorded({ organizationId: 'org-bad' });
    feed.tell(entry);
    expect((await stream.take(1))[0]!.data.delivery.id).toBe(entry.request.deliveryId);
  });

  it('ends with a word when the service stops', async () => {
    const other = await startLedgerApi(new HandFeed().open);
    const stream = await openStream(`${other.url}/api/v1/deliveries/stream`, await other.token('org-stop'));
    await stream.ready();
    await other.close();
    await stream.ended();
    expect(stream.text()).toMatch(/: the service is stopping\n\n$/);
  });
});
