import type { Server } from 'node:http';
import { Counter, Gauge, type Logger, type Registry } from '#libs/observability';
import type { GatewaySettings } from '../gateway.config.js';
import { addressKey } from './client.js';

/** A flood is logged by one line in so long. */
const LOG_EVERY_MS = 10_000;

type Limits = Pick<GatewaySettings, 'maxConnections' | 'maxConnectionsPerAddress' | 'trustedProxies'>;

/**
 * Closes connections beyond the most that there may be, in all and from one address, as they come in. Behind a proxy all
 * of them come from its address: then the proxy has to see to the second.
 */
export function limitConnections(
  server: Server,
  limits: Limits,
  { logger, registry }: { logger: Logger; registry: Registry },
): void {
  const open = new Map<string, number>();
  const refused = refusals(logger, registry);
  measureConnections(server, registry);
  server.maxConnections = limits.maxConnections;
  server.on('drop', () => refused('in-all'));
  if (limits.trustedProxies > 0) return;
  server.on('connection', (socket) => {
    const address = addressKey(socket.remoteAddress ?? 'unknown');
    const count = (open.get(address) ?? 0) + 1;
    if (count > limits.maxConnectionsPerAddress) {
      refused('address', address);
      return void socket.destroy();
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}

function refusals(logger: Logger, registry: Registry): (limit: 'in-all' | 'address', address?: string) => void {
  const counter = new Counter({
    name: 'http_connections_refused_total',
    help: 'Connections that were closed at once, by the limit that they were beyond',
    labelNames: ['limit'],
    registers: [registry],
  });
  let refused = 0;
  let saidAt = -Infinity;
  return (limit, address) => {
    counter.inc({ limit });
    refused += 1;
    if (performance.now() - saidAt < LOG_EVERY_MS) return;
    logger.warn({ limit, address, connections: refused }, 'http.connections-refused');
    refused = 0;
    saidAt = performance.now();
  };
}

function measureConnections(server: Server, registry: Registry): void {
  new Gauge({
    name: 'http_connections',
    help: 'Connections of clients',
    registers: [registry],
    async collect() {
      this.set(await new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count ?? 0))));
    },
  });
}
