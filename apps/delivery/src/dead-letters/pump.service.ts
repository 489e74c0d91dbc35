import { NoLongerOwned, keepTrying } from '#libs/kafka';
import { describeError, traceparentOf, type Logger } from '#libs/observability';
import { declarationOf } from '#libs/providers';
import type { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { QUEUE, type Queue } from '../ledger/delivery.entity.js';
import type { Delivery } from '../sending/delivery.js';
import type { Lanes } from '../sending/lanes.service.js';
import type { Sender } from '../sending/sender.service.js';
import type { QueueQueries, QueuedRow } from './queue.queries.js';

const PAGE = 200;
/** So many of one integration are between the ledger and its answer at a time. */
const IN_HAND = 64;

export interface PumpDependencies {
  queries: QueueQueries;
  sender: Sender;
  lanes: Lanes;
  integrations: KnownIntegrations;
  owns: (integrationId: string) => boolean;
  logger: Logger;
}

/**
 * Feeds destinations what waits for them in the ledger: what was parked, what is redelivered, what a drain queued, what
 * was overdue.
 * In order, as fast as the destination takes it. Whoever owns the integration's partition pumps for it; a row leaves
 * its queue only by being recorded, so the next owner goes on where this one stopped.
 */
export class Pump {
  private readonly running = new Set<string>();
  private readonly wokenAgain = new Set<string>();

  constructor(private readonly on: PumpDependencies) {}

  /** There may be something waiting for this integration. */
  wake(integrationId: string): void {
    if (!this.on.owns(integrationId)) return;
    for (const queue of Object.values(QUEUE)) this.start(integrationId, queue);
  }

  private start(integrationId: string, queue: Queue): void {
    const key = `${integrationId}:${queue}`;
    if (this.running.has(key)) {
      this.wokenAgain.add(key);
      return;
    }
    this.running.add(key);
    void this.pump(integrationId, queue)
      .catch((error: unknown) => this.on.logger.error({ integrationId, error: describeError(error) }, 'pump.failed'))
      .finally(() => {
        this.running.delete(key);
        if (this.wokenAgain.delete(key)) this.start(integrationId, queue);
      });
  }

  /** Passes over the queue until a pass finds nothing new: rows may be queued in front of where the last pass was. */
  private async pump(integrationId: string, queue: Queue): Promise<void> {
    const fed = new Map<string, number>();
    while (this.mayFeed(integrationId, queue)) {
      const { underWay, soFar } = this.on.sender.parked(integrationId);
      const count = await this.pass(integrationId, queue, fed);
      const missed = underWay > 0 || this.on.sender.parked(integrationId).soFar > soFar;
      if (count === 0 && this.finish(integrationId, queue, missed)) return;
    }
  }

  /**
   * A drain of a disabled integration waits until it is enabled; what was parked or overdue goes on to be held. All of a
   * provider that this version does not know waits for an instance that does.
   */
  private mayFeed(integrationId: string, queue: Queue): boolean {
    if (!this.on.owns(integrationId)) return false;
    const state = this.on.integrations.get(integrationId);
    if (state && !declarationOf(state.provider)) return false;
    return queue !== QUEUE.redelivery || state?.enabled !== false;
  }

  /**
   * Nothing is parked any more, and the pass that saw so missed none that was on its way: what arrives from now on goes
   * straight to the lane. One that is missed would be overtaken by all that comes after it.
   */
  private finish(integrationId: string, queue: Queue, missed: boolean): boolean {
    if (queue !== QUEUE.parked) return true;
    if (missed) return false;
    this.on.lanes.of(integrationId).parked = false;
    return true;
  }

  private async pass(integrationId: string, queue: Queue, fed: Map<string, number>): Promise<number> {
    const inHand = new Set<Promise<void>>();
    let after: QueuedRow | undefined;
    let count = 0;
    for (;;) {
      const rows = await keepTrying(() => this.on.queries.next(integrationId, queue, after, PAGE), {
        signal: () => this.on.owns(integrationId),
      });
      const fresh = rows.filter(({ id, round }) => fed.get(id) !== round);
      for (const row of fresh) {
        if (!this.mayFeed(integrationId, queue)) break;
        const delivery = this.deliveryOf(integrationId, queue, row);
        // one after another, so that the order stays; an overdue one is looked up again in any case
        if (queue !== QUEUE.overdue) await this.on.sender.outOfHand(delivery.request);
        fed.set(row.id, row.round);
        const feeding = this.feed(delivery, () => fed.delete(row.id)).finally(() => inHand.delete(feeding));
        inHand.add(feeding);
        if (inHand.size >= IN_HAND) await Promise.race(inHand);
      }
      count += fresh.length;
      after = rows.at(-1);
      if (rows.length < PAGE || !this.mayFeed(integrationId, queue)) break;
    }
    await Promise.all(inHand);
    return count;
  }

  private deliveryOf(integrationId: string, queue: Queue, row: QueuedRow): Delivery {
    const { id, round, round_attempts, test, event, queue_position, updated_at } = row;
    const keptAt = row.event_at.toISOString();
    return {
      request: {
        deliveryId: id,
        integrationId,
        round,
        attempt: round_attempts + 1,
        test,
        integrationVersion: 0,
        event,
        ...(keptAt === event.time ? {} : { recordedAt: keptAt }),
      },
      traceparent: traceparentOf(undefined),
      firstFailedAt: undefined,
      dueAt: undefined,
      position: queue_position,
      onlyPermanent: round_attempts === 0,
      roundBeganAt: round_attempts === 0 ? updated_at.getTime() : undefined,
      queue,
      owned: () => this.on.owns(integrationId),
    };
  }

  private async feed(delivery: Delivery, letGo: () => void): Promise<void> {
    await this.on.sender.feed(delivery).catch((error: unknown) => {
      const { deliveryId, integrationId } = delivery.request;
      if (error instanceof NoLongerOwned || !this.on.owns(integrationId)) return letGo(); // its next owner goes on, which may be this one again
      this.on.logger.error({ deliveryId, integrationId, error: describeError(error) }, 'pump.delivery-failed');
    });
  }
}
