import { describe, expect, it } from 'vitest';
import { DELIVERY_REQUESTED, uuidv7, type DeliveryRequested } from '#libs/contracts';
import { NoLongerOwned, type InboundRecord } from '#libs/kafka';
import type { LedgerEntry, Seen } from '../ledger/ledger-entry.js';
import { QUEUE } from '../ledger/queue.js';
import { QueueEvents } from '../ledger/queue-events.js';
import { buildOwnership } from '../ownership/build-ownership.suite.js';
import { buildReleaseEvent } from '../providers/build-attempt-request.suite.js';
import type { Attempt } from './attempts.service.js';
import type { Delivery } from './delivery.js';
import { Lanes } from './lanes.service.js';
import { Parking } from './parking.service.js';
import { Sender } from './sender.service.js';
import { Turns } from './turns.service.js';
import { inBackground } from '../../../../test/support/in-background.js';

interface Begun {
  deliveryId: string;
  done: () => void;
  failed: (error: Error) => void;
}

interface Given {
  lookUp?: (request: DeliveryRequested) => Promise<Seen | undefined>;
  /** Whether it certainly comes for the first time. */
  isFirst?: (request: DeliveryRequested) => boolean;
}

/** A sender whose attempts end as the test says. */
function senderWithAttempts({ lookUp = () => Promise.resolve(undefined), isFirst = () => false }: Given = {}): {
  sender: Sender;
  begun: Begun[];
  /** Ids of deliveries. */
  parked: string[];
  /** Ids of integrations whose queues were said to have something. */
  woken: string[];
} {
  const begun: Begun[] = [];
  const begin = ({ request: { deliveryId } }: Delivery): Attempt => {
    const recorded = new Promise<void>((done, failed) => void begun.push({ deliveryId, done, failed }));
    return { posted: Promise.resolve(), recorded };
  };
  const ownership = buildOwnership();
  const queues = new QueueEvents();
  const woken: string[] = [];
  queues.onQueued((id) => void woken.push(id));
  const lanes = new Lanes({ of: () => 8 }, ownership, queues);
  const parked: string[] = [];
  const record = ({ request: { deliveryId } }: LedgerEntry): Promise<void> =>
    Promise.resolve(void parked.push(deliveryId));
  const parking = new Parking({ record }, lanes);
  const sender = new Sender(
    { lookUp },
    new Turns(lanes, { begin }, parking),
    { repeat: () => Promise.resolve() },
    ownership,
    { take: isFirst },
  );
  return { sender, begun, parked, woken };
}

function recordOf(offset: string): (request: DeliveryRequested) => InboundRecord {
  return (request) => ({
    topic: DELIVERY_REQUESTED.topic,
    partition: 0,
    offset,
    key: request.integrationId,
    value: Buffer.from(JSON.stringify(request)),
    headers: {},
    timestamp: 0,
    owned: true,
  });
}

const request: DeliveryRequested = {
  deliveryId: uuidv7(),
  integrationId: uuidv7(),
  round: 1,
  attempt: 1,
  test: false,
  integrationVersion: 1,
  event: buildReleaseEvent(),
};

const begins = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('an attempt that comes twice', () => {
  it('is made once, and neither record is done before it is', async () => {
    const { sender, begun } = senderWithAttempts();
    const done: string[] = [];
    const first = inBackground(sender.take(recordOf('1')(request)).then(() => done.push('first')));
    const second = inBackground(sender.take(recordOf('2')(request)).then(() => done.push('second')));
    await begins();
    expect([begun.length, done]).toEqual([1, []]);
    begun[0]!.done();
    await Promise.all([first, second]);
    expect([begun.length, done.toSorted()]).toEqual([1, ['first', 'second']]);
  });

  it('is made for the record of a partition that came back where the first one lost it', async () => {
    const { sender, begun } = senderWithAttempts();
    const first = inBackground(sender.take(recordOf('1')(request)));
    const second = inBackground(sender.take(recordOf('1')(request)));
    await begins();
    begun[0]!.failed(new NoLongerOwned());
    await expect(first).rejects.toThrow(NoLongerOwned);
    await begins();
    expect(begun).toHaveLength(2);
    begun[1]!.done();
    await second;
  });
});

describe('a request that certainly comes for the first time', () => {
  it('is attempted without a question to the ledger', async () => {
    const asked: string[] = [];
    const lookUp = ({ deliveryId }: DeliveryRequested): Promise<undefined> =>
      Promise.resolve(void asked.push(deliveryId));
    const { sender, begun } = senderWithAttempts({ lookUp, isFirst: () => true });
    const taken = inBackground(sender.take(recordOf('1')(request)));
    await begins();
    expect([begun.length, asked]).toEqual([1, []]);
    begun[0]!.done();
    await taken;
  });

  it('does not go past one before it that the ledger is being asked for', async () => {
    const answers: (() => void)[] = [];
    const lookUp = (): Promise<undefined> => new Promise((resolve) => void answers.push(() => resolve(undefined)));
    const earlier = { ...request, deliveryId: uuidv7() };
    const isFirst = ({ deliveryId }: DeliveryRequested): boolean => deliveryId === request.deliveryId;
    const { sender, begun } = senderWithAttempts({ lookUp, isFirst });
    inBackground(sender.take(recordOf('1')(earlier)));
    inBackground(sender.take(recordOf('2')(request)));
    await begins();
    expect([begun.length, answers.length]).toEqual([0, 2]);
    for (const answer of answers) answer();
    await begins();
    expect(begun.map(({ deliveryId }) => deliveryId)).toEqual([earlier.deliveryId, request.deliveryId]);
  });
});

describe('a request whose delivery an earlier owner has parked', () => {
  const parkedBefore: Seen = {
    keptAt: new Date(),
    status: 'pending',
    round: 1,
    roundAttempts: 0,
    queue: QUEUE.parked,
    nextAttemptAt: null,
    credentialsVersion: 1,
    lastError: null,
    attempt: null,
    onlyPermanent: true,
  };

  it('is left to the pump, and what comes behind it does not go past it', async () => {
    const later = { ...request, deliveryId: uuidv7() };
    const lookUp = ({ deliveryId }: DeliveryRequested): Promise<Seen | undefined> =>
      Promise.resolve(deliveryId === request.deliveryId ? parkedBefore : undefined);
    const { sender, begun, parked, woken } = senderWithAttempts({ lookUp });
    await Promise.all([sender.take(recordOf('1')(request)), sender.take(recordOf('2')(later))]);
    expect({ begun, parked, woken }).toEqual({
      begun: [],
      parked: [later.deliveryId],
      woken: [request.integrationId],
    });
  });

  it('is the business of the next owner where the partition has gone to another', async () => {
    const { sender, woken } = senderWithAttempts({ lookUp: () => Promise.resolve(parkedBefore) });
    await sender.take({ ...recordOf('1')(request), owned: false });
    expect(woken).toEqual([]);
  });

  it('wakes the pump once for many', async () => {
    const { sender, woken } = senderWithAttempts({ lookUp: () => Promise.resolve(parkedBefore) });
    await Promise.all(
      ['1', '2', '3'].map((offset) => sender.take(recordOf(offset)({ ...request, deliveryId: uuidv7() }))),
    );
    expect(woken).toEqual([request.integrationId]);
  });
});
