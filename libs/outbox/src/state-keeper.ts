import type { DataSource } from 'typeorm';
import { isOutage } from '#libs/kafka';
import { Counter, Gauge, describeError, type Logger, type Registry } from '#libs/observability';
import { StateComparison, type Compared, type StateComparisonOptions } from './state-comparison.js';

export interface StateKeeperOptions<Row, Seen> extends StateComparisonOptions<Row, Seen> {
  logger: Logger;
  registry: Registry;
}

const EVERY_MS = 5 * 60_000;
const RETRY_MS = 5_000;
/** While states are kept that a database has never held: each look reads the whole topic. */
const KEPT_MS = 30_000;

/** What an operator reads beside `state.deletion-refused`. */
const CHECK =
  'The table looks as if it had never held these states: is DATABASE_URL the right database, and its restore done? ' +
  'They are deleted only where the service is started with STATE_TOPIC_MAY_BE_EMPTIED=true.';

/**
 * Keeps a state topic as the table of its owner is: on the instance that publishes the outbox, whenever that becomes
 * another one, when the topic was created again, and every five minutes.
 */
export class StateKeeper<Row = unknown, Seen = unknown> {
  private readonly comparison: StateComparison<Row, Seen>;
  private readonly stopping = new AbortController();
  private readonly leaving: (() => void)[] = [];
  private readonly repairs: Counter<'topic' | 'kind'>;
  private readonly comparedAt: Gauge<'topic'>;
  private comparing: Promise<void> | undefined;
  private again = false;
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  /** States that were not deleted at the last look. */
  private kept = 0;

  constructor(private readonly on: StateKeeperOptions<Row, Seen>) {
    this.comparison = new StateComparison(on);
    this.repairs = new Counter({
      name: 'state_repairs_total',
      help: 'States that the topic lacked, held otherwise, or held of rows that are gone; published again',
      labelNames: ['topic', 'kind'],
      registers: [on.registry],
    });
    this.comparedAt = new Gauge({
      name: 'state_compared_timestamp_seconds',
      help: 'When this instance last found its state topic as its table is, or made it so',
      labelNames: ['topic'],
      registers: [on.registry],
    });
  }

  /** False while the topic holds states that this instance does not delete without a confirmation: for its readiness. */
  get agrees(): boolean {
    return this.kept === 0;
  }

  start(): void {
    const { outbox, connection, owner, logger, mayBeEmptied } = this.on;
    if (mayBeEmptied) logger.warn({ topic: owner.topic }, 'state.deletion-confirmed');
    outbox.onLead(() => this.compare());
    this.leaving.push(
      connection.topics.watch(owner.topic, ({ kind }) => {
        if (kind === 'recreated') this.compare();
      }),
    );
    this.compare();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    for (const leave of this.leaving) leave();
    await this.comparing;
  }

  /** Compares as soon as the comparison that runs, if there is one, has ended: that may have read what is no longer so. */
  compare(): void {
    if (this.stopping.signal.aborted) return;
    this.again = true;
    this.comparing ??= this.run().finally(() => {
      this.comparing = undefined;
      if (this.again) this.compare();
    });
  }

  private async run(): Promise<void> {
    while (this.again && !this.stopping.signal.aborted) {
      this.again = false;
      clearTimeout(this.timer);
      const nextMs = await this.once();
      if (this.stopping.signal.aborted) return;
      this.timer = setTimeout(() => this.compare(), nextMs).unref();
    }
  }

  /** Answers after how many milliseconds to compare the next time. */
  private async once(): Promise<number> {
    if (!this.on.outbox.isLeader) {
      this.kept = 0;
      return EVERY_MS;
    }
    const { owner, logger, dataSource } = this.on;
    const began = performance.now();
    try {
      const compared = await this.comparison.run(this.stopping.signal);
      this.failures = 0;
      if (compared.kept > 0) return this.refuse(compared);
      this.kept = 0;
      this.tell(compared, began);
      if (!compared.marked) await forgetRefused(dataSource, owner.topic);
      return EVERY_MS;
    } catch (error) {
      if (this.stopping.signal.aborted) return RETRY_MS;
      this.failures += 1;
      const level = this.failures > 1 ? 'debug' : isOutage(error) ? 'warn' : 'error';
      logger[level]({ topic: owner.topic, error: describeError(error) }, 'state.not-compared');
      return RETRY_MS;
    }
  }

  /** Said once, until topic and table agree again. */
  private refuse({ kept, records }: Compared): number {
    const level = this.kept > 0 ? 'debug' : 'error';
    this.on.logger[level](
      { topic: this.on.owner.topic, states: kept, records, check: CHECK },
      'state.deletion-refused',
    );
    this.kept = kept;
    return KEPT_MS;
  }

  private tell({ records, published, deleted, marked }: Compared, began: number): void {
    const { topic } = this.on.owner;
    this.repairs.inc({ topic, kind: 'published' }, published);
    this.repairs.inc({ topic, kind: 'deleted' }, deleted);
    this.comparedAt.set({ topic }, Date.now() / 1000);
    const level = published + deleted > 0 ? 'warn' : 'info';
    const ms = Math.round(performance.now() - began);
    this.on.logger[level]({ topic, records, published, deleted, marked, ms }, 'state.compared');
  }
}

/** Topic and table agree: what the brokers refused of it earlier is on it by now, or is gone. */
async function forgetRefused(dataSource: DataSource, topic: string): Promise<void> {
  await dataSource.query('DELETE FROM outbox_set_aside WHERE topic = $1', [topic]);
}
