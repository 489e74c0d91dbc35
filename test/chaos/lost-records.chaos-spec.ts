import '#libs/kafka'; // before the client, parts of which it replaces
import kafkajs from 'kafkajs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Api, stack, type Delivery } from '../e2e/support/api.js';
import { everyRecord, type ReadRecord } from '../e2e/support/every-record.js';
import { metric } from '../e2e/support/metrics.js';
import { ForeignPublisher } from '../e2e/support/publisher.js';
import { eventually } from '../support/eventually.js';
import type { Receiver } from '../support/receiver.js';
import { restartService } from '../support/control.js';
import { receiversOfEachTest } from '../support/receivers.js';

const receive = receiversOfEachTest();
let publisher: ForeignPublisher;
beforeAll(async () => {
  publisher = await ForeignPublisher.connect();
});
afterAll(() => publisher.disconnect());

const takenUp = (): Promise<number> => metric('delivery', 'delivery_overdue_taken_up_total');
const letters = (result: string): Promise<number> =>
  metric('delivery', `delivery_returned_letters_total{result="${result}"`);

/** A delivery of an organization that has one. */
async function only(api: Api, status: string): Promise<Delivery> {
  return eventually(async () => {
    const found = await api.deliveries({ status });
    expect(found).toHaveLength(1);
    return found[0]!;
  });
}

async function retryingWith(api: Api, receiver: Receiver): Promise<Delivery> {
  const project = await api.project();
  await api.webhook(receiver.url);
  await api.release(project.id, '1.0');
  return only(api, 'retrying');
}

describe('another retry ladder', () => {
  afterEach(() => restartService('delivery'));

  it('leaves nothing behind: what waits on a topic of the one before is handed back when it is due', async () => {
    await restartService('delivery', { DELIVERY_RETRY_DELAYS: '17s' });
    const api = await Api.signIn();
    const receiver = await receive(() => 500);
    const { id } = await retryingWith(api, receiver);
    receiver.answerWith(() => 200);
    await restartService('delivery', { DELIVERY_RETRY_DELAYS: '1s' });
    await eventually(() => expect(receiver.received).toHaveLength(2));
    expect(await takenUp()).toBe(0); // by its own record, and not from the ledger
    await eventually(async () =>
      expect(await api.delivery(id)).toMatchObject({ status: 'delivered', attemptCount: 2 }),
    );
    const [first, second] = receiver.received.map(({ at }) => at) as [number, number];
    expect(second - first).toBeGreaterThan(15_000); // when it was due by the ladder that it was put on
  });
});

describe('a retry topic that is gone', () => {
  afterEach(() => restartService('delivery'));

  it(
    'with all that waited on it loses nothing: the ledger knows what is due, and who may get it',
    { timeout: 300_000 },
    async () => {
      await restartService('delivery', { DELIVERY_RETRY_DELAYS: '40s' });
      const api = await Api.signIn();
      const project = await api.project();
      const receiver = await receive(() => 500);
      const hooks = [];
      for (const name of ['kept', 'disabled', 'deleted']) hooks.push(await api.webhook(`${receiver.url}/${name}`));
      const [, disabled, deleted] = hooks;
      await api.release(project.id, '1.0');
      await eventually(async () => expect(await api.deliveries({ status: 'retrying' })).toHaveLength(3));
      await eventually(async () =>
        expect(
          (await everyRecord('delivery.retry.40s')).filter(({ topic }) => topic === 'delivery.retry.40s'),
        ).toHaveLength(3),
      );
      const admin = new kafkajs.Kafka({
        brokers: stack().brokers.split(','),
        logLevel: kafkajs.logLevel.NOTHING,
      }).admin();
      await admin.connect();
      await admin.deleteTopics({ topics: ['delivery.retry.40s'] });
      await admin.disconnect();
      receiver.answerWith(() => 200);
      await api.must('PATCH', `/integrations/${disabled!.id}`, { enabled: false });
      await api.call('DELETE', `/integrations/${deleted!.id}`);
      await eventually(
        async () =>
          expect((await api.deliveries()).map(({ status }) => status).sort()).toEqual(['delivered', 'dropped', 'held']),
        { timeoutMs: 240_000, everyMs: 500 },
      );
      expect(receiver.received.map(({ path }) => path).sort()).toEqual(['/deleted', '/disabled', '/kept', '/kept']);
      expect(await takenUp()).toBe(3);
      const made = await api.delivery((await api.deliveries({ status: 'delivered' }))[0]!.id);
      expect(made).toMatchObject({ round: 1, attemptCount: 2 });
    },
  );
});

describe('a dead letter that a tool puts back on delivery.requested', () => {
  /** What lies on the dead-letter topic of this delivery. */
  const lettersOf = async (id: string): Promise<ReadRecord[]> =>
    (await everyRecord('delivery.dlq')).filter(({ topic, value }) => topic === 'delivery.dlq' && value?.includes(id));

  const putBack = ({ key, value, headers }: ReadRecord): Promise<void> =>
    publisher.send('delivery.requested', { key, value: value!, headers });

  it('begins a new round, once; one whose delivery is being tried is refused', async () => {
    const api = await Api.signIn();
    const receiver = await receive(() => 500);
    const { id } = await retryingWith(api, receiver);
    await only(api, 'dead');
    const [letter, ...others] = await lettersOf(id);
    expect(others).toEqual([]);
    const posts = receiver.received.length;
    receiver.answerWith(() => 200);
    const requeued = await letters('requeued');
    await putBack(letter!);
    await eventually(async () => expect(await api.delivery(id)).toMatchObject({ status: 'delivered', round: 2 }));
    expect(receiver.received).toHaveLength(posts + 1);
    expect(await letters('requeued')).toBe(requeued + 1);

    const later = await letters('later_round');
    await putBack(letter!);
    await eventually(async () => expect(await letters('later_round')).toBe(later + 1));

    let refuse = (): void => undefined;
    const refused = new Promise<number>((resolve) => (refuse = () => resolve(500)));
    receiver.answerWith(() => refused);
    await api.must('POST', `/deliveries/${id}/redeliver`, {});
    await eventually(() => expect(receiver.received).toHaveLength(posts + 2));
    const active = await letters('active');
    await putBack(letter!);
    await eventually(async () => expect(await letters('active')).toBe(active + 1));
    refuse();
    await only(api, 'dead');
    expect(receiver.received).toHaveLength(posts + 1 + 3); // three attempts of the third round
    expect(await lettersOf(id)).toHaveLength(2); // one for each round that died
  });

  it('is attempted where the ledger has forgotten its delivery', async () => {
    const api = await Api.signIn();
    const receiver = await receive(() => 500);
    const { id } = await retryingWith(api, receiver);
    await only(api, 'dead');
    const [letter] = await lettersOf(id);
    const posts = receiver.received.length;
    receiver.answerWith(() => 200);
    const forgotten = crypto.randomUUID();
    await putBack({ ...letter!, value: letter!.value!.replace(id, forgotten), key: 'of another partition' });
    await eventually(async () =>
      expect(await api.delivery(forgotten)).toMatchObject({ status: 'delivered', round: 2 }),
    );
    expect(receiver.received).toHaveLength(posts + 1);
  });
});
