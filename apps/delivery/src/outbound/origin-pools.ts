import { LRUCache } from 'lru-cache';
import { Client, Pool, type Dispatcher, type buildConnector } from 'undici';
import { MOST_ANSWER_BYTES } from './answer-guard.js';

/** All destinations at one host share these: enough that a few slow ones do not keep the others waiting. */
const CONNECTIONS_PER_ORIGIN = 128;
const MOST_ORIGINS = 1_000;
/** Shorter than the usual idle limit of servers, which may close a connection in the moment that it is used again. */
const IDLE_CONNECTION_MS = 4_000;
const IDLE_ORIGIN_MS = 60_000;
const SWEEP_EVERY_MS = 30_000;

/** Connections that are kept open for reuse, by origin. Origins that are idle, or too many, are closed when their last request is done. */
export class OriginPools {
  private readonly pools: LRUCache<string, Pool>;
  private readonly sweep: NodeJS.Timeout;
  private readonly options: Client.Options;
  private readonly single = new Set<Client>();

  constructor(connect: buildConnector.connector) {
    this.options = {
      connect,
      pipelining: 1,
      keepAliveTimeout: IDLE_CONNECTION_MS,
      maxHeaderSize: MOST_ANSWER_BYTES, // counted with the rest, in AnswerGuard
      // The whole exchange has one time limit, in Exchange.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
    this.pools = new LRUCache<string, Pool>({
      max: MOST_ORIGINS,
      ttl: IDLE_ORIGIN_MS,
      updateAgeOnGet: true,
      // The clock as it is now: a test may have put its own in place.
      perf: performance,
      dispose: (pool, _origin, reason) => {
        if (reason !== 'delete') void pool.close();
      },
    });
    this.sweep = setInterval(() => this.pools.purgeStale(), SWEEP_EVERY_MS).unref();
  }

  of(origin: string): Pool {
    let pool = this.pools.get(origin);
    if (!pool) {
      pool = new Pool(origin, { ...this.options, connections: CONNECTIONS_PER_ORIGIN });
      this.pools.set(origin, pool);
    }
    return pool;
  }

  /** Gives a connection of its own to one request, and closes it after that. */
  async once<T>(origin: string, request: (fresh: Dispatcher) => Promise<T>): Promise<T> {
    const client = new Client(origin, this.options);
    this.single.add(client);
    try {
      return await request(client);
    } finally {
      this.single.delete(client);
      void client.close();
    }
  }

  /** Waits for the requests that are under way. */
  async close(): Promise<void> {
    clearInterval(this.sweep);
    const all = [...this.pools.values(), ...this.single];
    this.pools.clear();
    await Promise.all(all.map((one) => one.close()));
  }
}
