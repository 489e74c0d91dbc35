import { LRUCache } from 'lru-cache';
import { Pool, type buildConnector } from 'undici';

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

  constructor(private readonly connect: buildConnector.connector) {
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
      pool = new Pool(origin, {
        connect: this.connect,
        connections: CONNECTIONS_PER_ORIGIN,
        pipelining: 1,
        keepAliveTimeout: IDLE_CONNECTION_MS,
        // The whole exchange has one time limit, in Exchange.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      this.pools.set(origin, pool);
    }
    return pool;
  }

  /** Waits for the requests that are under way. */
  async close(): Promise<void> {
    clearInterval(this.sweep);
    const pools = [...this.pools.values()];
    this.pools.clear();
    await Promise.all(pools.map((pool) => pool.close()));
  }
}
