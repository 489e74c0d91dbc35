import { describe, expect, it } from 'vitest';
import { NoLongerOwned } from '#libs/kafka';
import { buildReleaseEvent } from '../providers/build-attempt-request.suite.js';
import { Pump, type PumpDependencies } from './pump.service.js';
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
  outOfHand: (id: string) => Promise<void> = () => Promise.resolve(),
  feed: (position: string) => Promise<void> = () => Promise.resolve(),
): {
  run: () => Promise<void>;
  fed: string[];
  lane: { parked: boolean };
} {
  const fed: string[] = [];
  const lane = { parked: true };
  let [underWay, soFar, finished] = [0, 1, (): void => undefined];
  const park = (): void => {
    soFar += 1;
    underWay = 0;
  };
  const on = {
    queries: {
      next: (_id: string, queue: number) => Promise.resolve(queue === 1 ? look({ park, lane }) : []),
    },
    sender: {
      parked: () => ({ underWay, soFar }),
      outOfHand: ({ deliveryId }: { deliveryId: string }) => outOfHand(deliveryId),
      feed: ({ position }: { position: string }) => {
        fed.push(position);
        return feed(position);
      },
    },
    lanes: {
      of: () => ({
        get parked() {
          return lane.parked;
        },
        set parked(value: boolean) {
          lane.parked = value;
          finished();
        },
      }),
    },
    integrations: { get: () => undefined },
    owns: () => true,
    logger: { error: () => undefined },
  } as unknown as PumpDependencies;
  const pump = new Pump(on);
  const run = (): Promise<void> =>
    new Promise((resolve) => {
      finished = resolve;
      pump.wake('an integration');
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
    const inHand = new Promise<void>((resolve) => (let1Go = resolve));
    const { run, fed } = pumpOver(
      () => looks.shift() ?? [],
      (id) => (id === row(1).id ? inHand : Promise.resolve()),
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
