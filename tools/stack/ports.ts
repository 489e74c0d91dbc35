import { createServer } from 'node:net';
import { StackError } from './stack-error.js';

/** Where everything listens: all of it follows GATEWAY_PORT, so that two stacks run side by side. */
export interface Ports {
  gateway: number;
  releases: number;
  integrations: number;
  delivery: number;
  postgres: number;
  kafka: number;
  kafkaController: number;
  sandbox: number;
  smtp: number;
}

export const portsFrom = (gateway: number): Ports => ({
  gateway,
  releases: gateway + 1,
  integrations: gateway + 2,
  delivery: gateway + 3,
  postgres: gateway + 54,
  kafka: gateway + 92,
  kafkaController: gateway + 93,
  sandbox: gateway + 100,
  smtp: gateway + 125,
});

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
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

/** A base whose ports are all free, for tests that run beside whatever else is there. */
export async function freeBase(): Promise<number> {
  for (let base = 20_000 + (process.pid % 100) * 200; base < 60_000; base += 200) {
    const free = await Promise.all(Object.values(portsFrom(base)).map(isFree));
    if (free.every(Boolean)) return base;
  }
  throw new StackError('No free range of ports was found.');
}
