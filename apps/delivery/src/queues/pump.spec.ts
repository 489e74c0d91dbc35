import { describe, expect, it } from 'vitest';
import { NoLongerOwned } from '#libs/kafka';
import { createLogger } from '#libs/observability';
import { buildReleaseEvent } from '../providers/build-attempt-request.suite.js';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { QUEUE } from '../ledger/queue.js';
import { QueueEvents } from '../ledger/queue-events.js';
import { buildOwnership } from '../ownership/build-ownership.suite.js';
import { Feeder } from './feeder.service.js';
import { Pump } from './pump.service.js';
import { QueueGate } from './queue-gate.js';
import type { QueuedRow } from './queue.queries.js';
import { inBackground } from '../../../../test/support/in-background.js';

const row = (position: number): QueuedRow => ({
  id: `0193a5c0-0000-7000-8000-00000000000${position}`,
  event_at: new Date(0),
  event_id: String(position),
  queue_position: String(position),
  updated_at: new Date(),
  round: 1,
  round_attempts: 0,
  test: false,
  event: buildReleaseEvent(),
});

/** A pump of one integration; `look` answers each look into its queue. */
function pumpOver(
  look: (on: { park: () => void; lane: { parked: boolean } }) => QueuedRow[],
  settled: (id: string) => Promise<void> = () => Promise.resolve(),
  feed: (position: string) => Promise<void> = () => Promise.resolve(),
): {
  run: () => Promise<void>;
  fed: string[];
  lane: { parked: boolean };
} {
  const fed: string[] = [];
  const lane = { parked: true };
  let [entering, ever, finished] = [0, 1, (): void => undefined];
  const park = (): void => {
    ever += 1;
    entering = 0;
  };
  const integrations = new KnownIntegrations();
  const gate = new QueueGate(buildOwnership(), integrations);
  const logger = createLogger('delivery', 'fatal');
  const feeder = new Feeder(
    { next: (_id, queue) => Promise.resolve(queue === QUEUE.parked ? look({ park, lane }) : []) },
    {
      settled: ({ deliveryId }) => settled(deliveryId),
      feed: ({ position }) => {
        fed.push(position);
        return feed(position);
      },
    },
    {
      of: () => ({ entering, ever }),
      end: () => {
        lane.parked = false;
        finished();
      },
    },
    gate,
    logger,
  );
  const queues = new QueueEvents();
  new Pump(feeder, gate, queues, integrations, logger);
  const run = (): Promise<void> =>
    new Promise((resolve) => {
      finished = resolve;
      queues.queued('an integration');
    });
  return { run, fed, lane };
}

describe('the pump', () => {
  it('feeds what waits, in order, and lets the lane go when there is no more', async () => {
    const looks = [[row(1), row(2)]];
    const { run, fed, lane } = pumpOver(() => looks.shift() ?? []);
    await run();
    expect([fed, lane.parked]).toEqual([['1', '2'], false]);
  });

  it('looks again where something was parked while it looked: let go, that would be overtaken', async () => {
    let looks = 0;
    const { run, fed, lane } = pumpOver(({ park }) => {
      looks += 1;
      if (looks === 1) park(); // on record just after this look
      return looks === 2 ? [row(3)] : [];
    });
    await run();
    expect([fed, lane.parked]).toEqual([['3'], false]);
  });

  it('waits for one that is in flight, and lets none overtake it', async () => {
    const looks = [[row(1), row(2)]];
    let let1Go = (): void => undefined;
    const inFlight = new Promise<void>((resolve) => (let1Go = resolve));
    const { run, fed } = pumpOver(
      () => looks.shift() ?? [],
      (id) => (id === row(1).id ? inFlight : Promise.resolve()),
    );
    const running = inBackground(run());
    await new Promise((resolve) => setImmediate(resolve));
    expect(fed).toEqual([]);
    let1Go();
    await running;
    expect(fed).toEqual(['1', '2']);
  });

  it('feeds again what its partition took away and brought back', async () => {
    const looks = [[row(1), row(2)], [row(1)]];
    let lost = false;
    const { run, fed } = pumpOver(
      () => looks.shift() ?? [],
      undefined,
      (position) => {
        if (position !== '1' || lost) return Promise.resolve();
        lost = true;
        return Promise.reject(new NoLongerOwned());
      },
    );
    await run();
    expect(fed).toEqual(['1', '2', '1']);
  });
});
