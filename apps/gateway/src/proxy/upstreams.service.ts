import { Pool } from 'undici';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import type { GatewaySettings } from '../gateway.config.js';
import type { Route, ServiceName } from './route.js';

const CONNECT_TIMEOUT_MS = 2_000;
/** Longest wait for the first byte of an answer, and between two bytes of it. */
const ANSWER_TIMEOUT_MS = 30_000;
/** More than that at once to one service would only wait for each other. */
const CONNECTIONS = 256;
/** Below the 65 s after which the services close an idle connection, so that none is used that is just being closed. */
const KEEP_ALIVE_MS = 50_000;

/** The connections that are kept to each service: one pool for calls, one without limits for answers that never end. */
@Injectable()
export class Upstreams implements OnApplicationShutdown {
  private readonly calls: Record<ServiceName, Pool>;
  private readonly streams: Record<ServiceName, Pool>;

  constructor(@Inject(SETTINGS) { releasesUrl, integrationsUrl, deliveryUrl }: GatewaySettings) {
    const origins = { releases: releasesUrl, integrations: integrationsUrl, delivery: deliveryUrl };
    this.calls = pools(origins, { timeoutMs: ANSWER_TIMEOUT_MS, connections: CONNECTIONS });
    this.streams = pools(origins, { timeoutMs: 0, connections: null });
  }

  poolFor({ service, endless }: Pick<Route, 'service' | 'endless'>): Pool {
    return (endless ? this.streams : this.calls)[service];
  }

  /** The calls that went through them are answered by now. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...Object.values(this.calls), ...Object.values(this.streams)].map((pool) => pool.destroy()));
  }
}

function pools(
  origins: Record<ServiceName, string>,
  { timeoutMs, connections }: { timeoutMs: number; connections: number | null },
): Record<ServiceName, Pool> {
  const pool = (url: string): Pool =>
    new Pool(new URL(url).origin, {
      connections,
      connect: { timeout: CONNECT_TIMEOUT_MS },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
    });
  return {
    releases: pool(origins.releases),
    integrations: pool(origins.integrations),
    delivery: pool(origins.delivery),
  };
}
