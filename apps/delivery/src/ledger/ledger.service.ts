import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DeliveryRequested, ErrorCode } from '#libs/contracts';
import { isOutage, keepTrying } from '#libs/kafka';
import { Coalescer } from '#libs/coalescer';
import { runNamed } from '#libs/database';
import { LedgerClock } from '../clock/ledger-clock.service.js';
import type { Queue } from './queue.js';
import { keptAt, type AttemptRecord, type LedgerEntry, type Seen } from './ledger-entry.js';
import { ledgerRows } from './ledger-rows.js';
import { LOOK_UP, LOOK_UP_BY_ID, RECORD } from './ledger.queries.js';

/** So many are written without waiting for more: fewer than may be uncommitted, so that a burst does not stop for the gap. */
const MAX_ENTRIES = 250;
/**
 * Nobody waits for the ledger but the offset: at everyday rates one statement and one commit are made of a few. What a process
 * that is killed has posted in this time is posted again, so it is no longer.
 */
const GAP_MS = 25;
const MAX_LOOK_UPS = 1_000;
/** A statement that takes longer is one that waits for the database. */
const SLOW_MS = 1_000;

/** What was attempted and how it ended. The sender writes here after each post and asks here before it. */
@Injectable()
export class Ledger implements OnApplicationShutdown {
  private readonly records = new Coalescer<LedgerEntry, void>((entries) => this.write(entries), {
    maxItems: MAX_ENTRIES,
    gapMs: GAP_MS,
  });
  private readonly lookUps = new Coalescer<DeliveryRequested, Seen | undefined>((requests) => this.read(requests), {
    maxItems: MAX_LOOK_UPS,
  });
  private stopped = false;
  /** Of `performance.now()`; undefined while nothing is written. */
  private writingSince: number | undefined;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(LedgerClock) private readonly clock: Pick<LedgerClock, 'now'>,
  ) {}

  /** Resolves when it is committed. While the database is away it waits for it. */
  record(entry: LedgerEntry): Promise<void> {
    return this.records.add(entry);
  }

  /** What is known of this attempt. While the database is away it waits for it. */
  lookUp(request: DeliveryRequested): Promise<Seen | undefined> {
    return this.lookUps.add(request);
  }

  /** Entries that wait for the statement under way. */
  get backlog(): number {
    return this.records.backlog;
  }

  /** False while the database is away, or takes longer than a second to write what came of attempts. */
  get keepsUp(): boolean {
    return this.writingSince === undefined || performance.now() - this.writingSince < SLOW_MS;
  }

  /** Resolves when fewer than so many entries are not committed. */
  uncommittedBelow(count: number): Promise<void> {
    return this.records.below(count);
  }

  /** Resolves when every entry given before is committed. */
  flushed(): Promise<void> {
    return this.records.settled();
  }

  /** Gives up waiting for a database that is away: what was not written is delivered again after the restart. */
  onApplicationShutdown(): void {
    this.stopped = true;
  }

  private async write(entries: LedgerEntry[]): Promise<(void | Promise<void>)[]> {
    this.writingSince = performance.now();
    try {
      await this.untilUp(() => this.insert(entries));
      return entries.map(() => undefined);
    } catch (error) {
      if (isOutage(error) || entries.length === 1) throw error;
      // an entry that PostgreSQL refuses must not fail the others: each goes alone, and only its own wait is rejected
      const results = await Promise.allSettled(entries.map((entry) => this.untilUp(() => this.insert([entry]))));
      return results.map((result) =>
        result.status === 'rejected' ? Promise.reject(result.reason as Error) : undefined,
      );
    } finally {
      this.writingSince = undefined;
    }
  }

  private async insert(entries: LedgerEntry[]): Promise<void> {
    const values = ledgerRows(entries, new Date(this.clock.now())).map((rows) => JSON.stringify(rows));
    await runNamed(this.dataSource, { ...RECORD, values });
  }

  private async read(requests: DeliveryRequested[]): Promise<(Seen | undefined)[]> {
    const byId = requests.filter(({ recordedAt }) => recordedAt !== undefined);
    if (byId.length === 0) return this.ask(LOOK_UP, requests);
    if (byId.length === requests.length) return this.ask(LOOK_UP_BY_ID, requests);
    const byTime = requests.filter(({ recordedAt }) => recordedAt === undefined);
    const [timed, others] = await Promise.all([this.ask(LOOK_UP, byTime), this.ask(LOOK_UP_BY_ID, byId)]);
    const seen = new Map([...byTime, ...byId].map((request, index) => [request, [...timed, ...others][index]]));
    return requests.map((request) => seen.get(request));
  }

  private async ask(
    statement: typeof LOOK_UP | typeof LOOK_UP_BY_ID,
    requests: DeliveryRequested[],
  ): Promise<(Seen | undefined)[]> {
    const values = [
      requests.map(({ deliveryId }) => deliveryId),
      requests.map((request) => keptAt(request)),
      requests.map(({ round }) => round),
      requests.map(({ attempt }) => attempt),
    ];
    const { rows } = await this.untilUp(() => runNamed<SeenRow>(this.dataSource, { ...statement, values }));
    return rows.map(seenOf);
  }

  private untilUp<T>(work: () => Promise<T>): Promise<T> {
    return keepTrying(work, { signal: () => !this.stopped });
  }
}

interface SeenRow {
  event_at: Date;
  status: Seen['status'] | null;
  round: number;
  round_attempts: number;
  queue: Queue | null;
  next_attempt_at: Date | null;
  credentials_version: number;
  last_status_code: number | null;
  last_error_code: ErrorCode | null;
  last_error: string | null;
  outcome: AttemptRecord['outcome'] | null;
  status_code: number | null;
  error_code: ErrorCode | null;
  error: string | null;
  started_at: Date;
  duration_ms: number;
  only_permanent: boolean;
}

function seenOf(row: SeenRow): Seen | undefined {
  if (row.status === null) return undefined;
  const { outcome } = row;
  return {
    keptAt: row.event_at,
    status: row.status,
    round: row.round,
    roundAttempts: row.round_attempts,
    queue: row.queue,
    nextAttemptAt: row.next_attempt_at,
    credentialsVersion: row.credentials_version,
    lastError:
      row.last_error_code === null
        ? null
        : { code: row.last_error_code, message: row.last_error ?? '', statusCode: row.last_status_code },
    attempt:
      outcome === null
        ? null
        : {
            outcome,
            statusCode: row.status_code,
            errorCode: row.error_code,
            error: row.error,
            startedAt: row.started_at,
            durationMs: row.duration_ms,
          },
    onlyPermanent: row.only_permanent,
  };
}
