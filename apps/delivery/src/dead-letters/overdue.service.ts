import { Counter, Gauge, describeError, type Logger, type Registry } from '#libs/observability';
import type { Sender } from '../sending/sender.service.js';
import type { OverdueQueries, OverdueRow } from './overdue.queries.js';
import type { Pump } from './pump.service.js';

const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = 10_000;
/** An earlier owner may still be at an attempt, and what it left comes with the partition's own records first. */
const QUIET_MS = MINUTE_MS;
/** Where partitions go from hand to hand all the time, nothing would ever be looked for. */
const LONGEST_QUIET_MS = 5 * MINUTE_MS;
const PAGE = 1_000;
/** What one look takes up at most: a backlog of Kafka's own, which comes by itself, must not double the work of the ledger. */
const MOST_AT_ONCE = 20_000;

/** A delivery is overdue when it has been due for a minute, and for twice as long as an attempt may take. */
export const overdueAfterMs = (deliveryTimeoutMs: number): number => Math.max(MINUTE_MS, 2 * deliveryTimeoutMs);

export interface OverdueDependencies {
  queries: OverdueQueries;
  sender: Pick<Sender, 'attempted'>;
  pump: Pick<Pump, 'wake'>;
  owns: (integrationId: string) => boolean;
  /** False while nobody can tell which partitions are ours. */
  ready: () => boolean;
  /** Resolves when what an earlier owner of our partitions left is known. */
  recovered: () => Promise<void>;
  overdueMs: number;
  logger: Logger;
  registry: Registry;
}

/**
 * Takes up what is open in the ledger and was due long ago: its record was lost with its topic, lies on a topic that
 * nobody reads, or expired; the reason does not matter. It goes through a queue of the ledger, so that the record, where
 * it comes after all, finds the delivery queued or its attempt made, and is dropped.
 */
export class Overdue {
  private readonly takenUp: Counter;
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private quietUntil = 0;
  private lookedAt = performance.now();

  constructor(private readonly on: OverdueDependencies) {
    const { registry, queries, overdueMs, logger } = on;
    this.takenUp = new Counter({
      name: 'delivery_overdue_taken_up_total',
      help: 'Overdue deliveries that this instance queued again from the ledger',
      registers: [registry],
    });
    new Gauge({
      name: 'delivery_overdue',
      help: 'Deliveries of all organizations that were due more than a minute ago and wait in no queue; every instance says the same',
      registers: [registry],
      async collect() {
        try {
          this.set(await queries.count(overdueMs));
        } catch (error) {
          this.remove(); // no value where it cannot be asked
          logger.debug({ error: describeError(error) }, 'metrics.not-counted');
        }
      },
    });
  }

  /** Partitions came or went. */
  begin(): void {
    this.quietUntil = performance.now() + QUIET_MS;
    this.timer ??= setInterval(() => void this.tick(), LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Looks once through all that is overdue. Answers how many it queued. */
  async look(): Promise<number> {
    let after: OverdueRow | undefined;
    let count = 0;
    while (count < MOST_AT_ONCE && this.on.ready()) {
      const rows = await this.on.queries.find(this.on.overdueMs, after, PAGE);
      after = rows.at(-1);
      count += await this.takeUp(rows);
      if (rows.length < PAGE) break;
    }
    return count;
  }

  private async takeUp(rows: OverdueRow[]): Promise<number> {
    if (rows.length === 0) return 0;
    const attempted = this.on.sender.attempted();
    const ours = rows.filter(({ id, integration_id }) => this.on.owns(integration_id) && !attempted.has(id));
    if (ours.length === 0) return 0;
    const queued = await this.on.queries.takeUp(ours);
    for (const integrationId of new Set(queued)) this.on.pump.wake(integrationId);
    this.takenUp.inc(queued.length);
    if (queued.length > 0) {
      const integrations = new Set(queued).size;
      this.on.logger.warn({ count: queued.length, integrations, oldest: ours[0]!.due }, 'deliveries.overdue-taken-up');
    }
    return queued.length;
  }

  private async tick(): Promise<void> {
    const now = performance.now();
    const quiet = now < this.quietUntil && now - this.lookedAt < LONGEST_QUIET_MS;
    if (this.looking || quiet || !this.on.ready()) return;
    this.looking = true;
    try {
      await this.on.recovered();
      this.lookedAt = now;
      await this.look();
    } catch (error) {
      this.on.logger.warn({ error: describeError(error) }, 'overdue.look-failed');
    } finally {
      this.looking = false;
    }
  }
}
