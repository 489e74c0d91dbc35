import { existsSync, readFileSync } from 'node:fs';
import { isFree, listenOn, portsFrom, takenFault } from '#preflight';
import { StackError } from './stack-error.js';

export { isFree, portsFrom };

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
export const opsPortOf = (service: string, port: number): number =>
  service === 'gateway' ? portsFrom(port).gatewayOps : port;

/** @throws StackError naming the ports that somebody else has */
export async function requireFree(ports: Partial<Ports>): Promise<void> {
  const fault = await takenFault(ports);
  if (fault !== undefined) throw new StackError(fault);
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
