import { afterAll, beforeAll, expect, it } from 'vitest';
import { DELIVERY_OUTCOMES_TOPIC, TOPICS } from '#libs/contracts';
import { Publisher, ensureTopics } from '#libs/kafka';
import { eventually } from '../../../../test/support/eventually.js';
import { buildLedgerEntry } from '../ledger/build-ledger-entry.suite.js';
import { startLedgerApi, type LedgerApi } from '../ledger/ledger-api.suite.js';
import { buildOutcome } from './build-outcome.suite.js';
import { openStream } from './open-stream.suite.js';
import { expectInTime } from '../../../../test/support/expect-in-time.js';

let api: LedgerApi;
let publisher: Publisher;
beforeAll(async () => {
  api = await startLedgerApi();
  await ensureTopics(api.kafka, [TOPICS.deliveryOutcomes]);
  publisher = new Publisher(api.kafka);
  await publisher.connect();
});
afterAll(async () => {
  await publisher?.disconnect();
  await api?.close();
});

async function happen(count: number): Promise<string[]> {
  const entries = Array.from({ length: count }, () => buildLedgerEntry({ organizationId: 'org-kafka' }));
  await Promise.all(entries.map((entry) => api.ledger.record(entry)));
  const records = entries.map((entry) => ({
    key: entry.request.integrationId,
    value: JSON.stringify(buildOutcome(entry)),
    headers: {},
  }));
  await publisher.publish(DELIVERY_OUTCOMES_TOPIC.topic, records);
  return entries.map(({ request }) => request.deliveryId);
}

it('a stream receives outcomes from Kafka, well before its next look at the ledger', async () => {
  const token = await api.token('org-kafka');
  const url = `${api.url}/api/v1/deliveries/stream`;
  const first = await openStream(url, token);
  await first.ready();
  const stream = await openStream(url, token); // the feed runs already: this one looks at the ledger in 15 s only
  await stream.ready();
  await eventually(async () => {
    await happen(1);
    expect(stream.text()).toContain('event: attempt');
  });
  await expectInTime(5_000, async () => {
    const startedAt = Date.now();
    const ids = await happen(20);
    await eventually(() => ids.forEach((id) => expect(stream.text()).toContain(id)));
    return Date.now() - startedAt;
  });
  await Promise.all([first.close(), stream.close()]);
});
