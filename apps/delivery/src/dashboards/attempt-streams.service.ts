import {
  Inject,
  Injectable,
  Optional,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import {
  DELIVERY_OUTCOMES_TOPIC,
  UnreadableEvent,
  parseEvent,
  type DeliveryOutcome,
  type RawRecord,
} from '#libs/contracts';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { Problem, unavailable } from '#libs/problems';
import type { Caller } from '#libs/auth';
import { Coalescer } from '#libs/coalescer';
import { until } from '#libs/deadline';
import { AtOnce, LIMITED, type MostAtOnce } from '#libs/http';
import type { StreamClient } from './stream-client.js';
import { StreamQueries, type AttemptName } from './stream.queries.js';

/** Outcomes as they happen, from the moment it is ready. */
export interface OutcomeFeed {
  readonly health: 'starting' | 'ready' | 'down';
  start(): void;
  stop(): Promise<void>;
}

export type OpenFeed = (on: { record: (record: RawRecord) => void; fatal: (error: Error) => void }) => OutcomeFeed;

/** `@Inject(OPEN_FEED)`: an `OpenFeed`. */
export const OPEN_FEED = Symbol('OPEN_FEED');

/** A browser opens six at most. */
const MOST_AT_ONCE = { user: 8, organization: 20 };
const MOST_RESUMED = 1_000;
const PAGE = 100;
const MOST_ROWS = 200;
const MOST_BACKLOG = 5_000;
const HEARTBEAT_MS = 15_000;
const FEED_POLL_MS = 50;
const FEED_WITHIN_MS = 10_000;
/** A feed that is ready may still be asking where the topic's end is. */
const SETTLE_MS = 1_000;
const GO_ON = 'go on with Last-Event-ID';

/**
 * Every attempt to every reader of its organization. The outcomes on Kafka say that there is something to read;
 * what is sent comes from the ledger, and a look at it with each heartbeat finds what no outcome told of.
 */
@Injectable()
export class AttemptStreams implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly open = new AtOnce(MOST_AT_ONCE, tooMany);
  private readonly byOrganization = new Map<string, Set<StreamClient>>();
  private readonly arrivals = new Coalescer<AttemptName, void>((names) => this.hand(names), { maxItems: MOST_ROWS });
  private feed: OutcomeFeed | undefined;
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly queries: StreamQueries,
    @Inject(OPEN_FEED) private readonly openFeed: OpenFeed,
    @Inject(LOGGER) private readonly logger: Logger,
    @Optional() private readonly heartbeatMs = HEARTBEAT_MS,
  ) {}

  get count(): number {
    return [...this.byOrganization.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Counts one more stream of the caller until the function that it returns is called.
   * @throws Problem 429 where the user or the organization has its most streams already, 503 where the service is stopping
   */
  admit(caller: Pick<Caller, 'organizationId' | 'userId'>): () => void {
    if (this.stopping) throw unavailable('The stream');
    return this.open.enter(caller);
  }

  /** Serves a reader until its stream is closed: first what it missed after the given place, then what happens. */
  async serve(organizationId: string, client: StreamClient, after: bigint | undefined): Promise<void> {
    this.join(organizationId, client);
    const timers: NodeJS.Timeout[] = [];
    const look = (): void => void this.look(organizationId, client);
    try {
      await client.catchUp(async () => {
        client.position.seq = after ?? (await this.queries.lastSeq(organizationId));
        if (await this.feedStarts(client)) timers.push(setTimeout(look, SETTLE_MS));
        await this.replay(organizationId, client);
      });
      client.comment('live');
      timers.push(
        setInterval(() => client.comment('still here'), this.heartbeatMs),
        setInterval(look, this.heartbeatMs),
      );
      await client.closed;
    } catch (error) {
      this.interrupt([client], error);
    } finally {
      for (const timer of timers) clearInterval(timer);
      this.leave(organizationId, client);
    }
  }

  /** Before the HTTP server closes, which waits for its answers: a stream would never end by itself. */
  beforeApplicationShutdown(): void {
    this.stopping = this.stopFeed();
    for (const client of this.clients()) client.end('the service is stopping');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stopping;
  }

  private async look(organizationId: string, client: StreamClient): Promise<void> {
    try {
      await client.catchUp(() => this.replay(organizationId, client));
    } catch (error) {
      this.interrupt([client], error);
    }
  }

  /** Sends what lies in the ledger after the client's position, as fast as the client takes it. */
  private async replay(organizationId: string, client: StreamClient): Promise<void> {
    let from = await this.queries.resumeAfter(organizationId, client.position.seq, MOST_RESUMED);
    for (let full = true; full && client.isOpen;) {
      const attempts = await this.queries.after(organizationId, from, PAGE);
      for (const attempt of attempts) client.send(attempt);
      from = attempts.at(-1)?.seq ?? from;
      full = attempts.length === PAGE;
      await client.room();
    }
  }

  private onOutcome(record: RawRecord): void {
    if (this.byOrganization.size === 0) return;
    const outcome = readable(record);
    if (!outcome || outcome.durationMs === null || !this.byOrganization.has(outcome.organizationId)) return;
    if (this.arrivals.backlog >= MOST_BACKLOG) this.interrupt(this.clients(), new Error('too many attempts at once'));
    else void this.arrivals.add(outcome);
  }

  private async hand(names: AttemptName[]): Promise<void[]> {
    try {
      for (const attempt of await this.queries.named(names))
        for (const client of this.byOrganization.get(attempt.organizationId) ?? []) client.happen(attempt);
    } catch (error) {
      this.interrupt(this.clients(), error);
    }
    return names.map(() => undefined);
  }

  /** The first reader starts the feed, and it stays. Resolves when it is ready; true where that was not so before. */
  private async feedStarts(client: StreamClient): Promise<boolean> {
    if (this.feed?.health === 'ready') return false;
    if (!this.feed) {
      this.feed = this.openFeed({
        record: (record) => this.onOutcome(record),
        fatal: (error) => this.feedFailed(error),
      });
      this.feed.start();
    }
    const isSettled = (): boolean => this.feed?.health === 'ready' || !client.isOpen;
    await until(isSettled, { withinMs: FEED_WITHIN_MS, everyMs: FEED_POLL_MS });
    return true;
  }

  private feedFailed(reason: Error): void {
    void this.stopFeed();
    this.interrupt(this.clients(), reason);
  }

  private async stopFeed(): Promise<void> {
    const { feed } = this;
    this.feed = undefined;
    try {
      await feed?.stop();
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'stream.feed-not-stopped');
    }
  }

  /** A reader that comes back with the last id it saw misses nothing, so ending its stream is always safe. */
  private interrupt(clients: StreamClient[], error: unknown): void {
    if (clients.length === 0) return;
    this.logger.warn({ streams: clients.length, error: describeError(error) }, 'stream.interrupted');
    for (const client of clients) client.end(`interrupted: ${GO_ON}`);
  }

  private clients(): StreamClient[] {
    return [...this.byOrganization.values()].flatMap((clients) => [...clients]);
  }

  private join(organizationId: string, client: StreamClient): void {
    const clients = this.byOrganization.get(organizationId) ?? new Set();
    this.byOrganization.set(organizationId, clients.add(client));
  }

  private leave(organizationId: string, client: StreamClient): void {
    const clients = this.byOrganization.get(organizationId);
    clients?.delete(client);
    if (clients?.size === 0) this.byOrganization.delete(organizationId);
  }
}

function tooMany(whose: keyof MostAtOnce, most: number): Problem {
  const detail = `${LIMITED[whose]} may have ${most} streams at once.`;
  return new Problem(429, 'too-many-streams', 'Too many streams are open', { detail, retryAfterSeconds: 30 });
}

/** A record that cannot be read tells of nothing that a stream could show. */
function readable(record: RawRecord): DeliveryOutcome | undefined {
  try {
    return parseEvent(DELIVERY_OUTCOMES_TOPIC, record);
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}
