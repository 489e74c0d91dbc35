import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { StackError } from './stack-error.js';

/** Where everything listens: all of it follows GATEWAY_PORT, so that two stacks run side by side. */
export interface Ports {
  gateway: number;
  /** The gateway's probes and metrics. */
  gatewayOps: number;
  releases: number;
  integrations: number;
  delivery: number;
  postgres: number;
  kafka: number;
  kafkaController: number;
  sandbox: number;
  smtp: number;
}

/** Where an instance of a service answers its probes: the gateway, which the public reaches, has a port of its own for them. */
export const opsPortOf = (service: string, port: number): number => (service === 'gateway' ? port + 9 : port);

export const portsFrom = (gateway: number): Ports => ({
  gateway,
  gatewayOps: opsPortOf('gateway', gateway),
  releases: gateway + 1,
  integrations: gateway + 2,
  delivery: gateway + 3,
  postgres: gateway + 54,
  kafka: gateway + 92,
  kafkaController: gateway + 93,
  sandbox: gateway + 100,
  smtp: gateway + 125,
});

export async function isFree(port: number): Promise<boolean> {
  const probe = await listenOn(port);
  if (probe) await new Promise((resolve) => probe.close(resolve));
  return probe !== undefined;
}

/** Keeps no process alive; nothing where somebody else has the port. */
function listenOn(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer().unref();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

/** @throws StackError naming the ports that somebody else has */
export async function requireFree(ports: Partial<Ports>): Promise<void> {
  const taken: string[] = [];
  for (const [name, port] of Object.entries(ports)) if (!(await isFree(port))) taken.push(`${port} (${name})`);
  if (taken.length > 0) {
    throw new StackError(
      `Port ${taken.join(', ')} is in use. Stop what listens there, or set GATEWAY_PORT to another number: all ports follow it.`,
    );
  }
}

/** Ports of one range; a stack needs 126 of them. */
const RANGE = 200;
const FIRST = 10_000;
/** Where Linux begins unless told otherwise; macOS and Windows begin later. */
const USUAL_EPHEMERAL = 32_768;

/** Below this the kernel gives no port to an outgoing connection, which could hold one that a server is about to need. */
export function firstEphemeralPort(): number {
  const file = '/proc/sys/net/ipv4/ip_local_port_range';
  const first = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : USUAL_EPHEMERAL;
  return first > FIRST + RANGE ? Math.min(first, USUAL_EPHEMERAL) : USUAL_EPHEMERAL;
}

/**
 * The base of a range whose ports are all free, for tests that run beside whatever else is there: `portsFrom` and every
 * other port up to `base + 198`. The range belongs to this process until it ends, however that comes about.
 * @throws StackError where there is none
 */
export async function freeBase(): Promise<number> {
  const ranges = Math.floor((firstEphemeralPort() - FIRST) / RANGE);
  for (let step = 0; step < ranges; step += 1) {
    const base = FIRST + ((process.pid + step) % ranges) * RANGE;
    if (await claim(base)) return base;
  }
  throw new StackError('No free range of ports was found.');
}

/** Two processes that look at the same time see the same ports free; only one of them can listen on the last of the range. */
async function claim(base: number): Promise<boolean> {
  const holder = await listenOn(base + RANGE - 1);
  if (!holder) return false;
  const free = await Promise.all(Object.values(portsFrom(base)).map(isFree));
  if (free.every(Boolean)) return true;
  await new Promise((resolve) => holder.close(resolve));
  return false;
}
