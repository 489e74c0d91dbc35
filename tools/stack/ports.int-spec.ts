import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../test/support/free-port.js';
import { firstEphemeralPort, freeBase, isFree, portsFrom, requireFree } from './ports.js';

const distinct = (numbers: number[]): number => new Set(numbers).size;

describe('ports of a stack', () => {
  it('are below those of outgoing connections', async () => {
    const base = await freeBase();
    for (const one of Object.values(portsFrom(base))) expect(one).toBeLessThan(firstEphemeralPort());
  });

  it('are not given twice where many ask at once', async () => {
    expect(distinct(await Promise.all(Array.from({ length: 10 }, freeBase)))).toBe(10);
  });

  it('belong to the process that asked until it ends', async () => {
    const base = await freeBase();
    expect(await isFree(base + 199)).toBe(false);
    for (const port of Object.values(portsFrom(base))) expect(await isFree(port)).toBe(true);
  });
});

describe('a port that somebody has', () => {
  it('is named, and its range is not given out', async () => {
    const ports = portsFrom(await freeBase());
    const server = createServer().listen(ports.kafka, '127.0.0.1');
    await once(server, 'listening');
    expect(await isFree(ports.kafka)).toBe(false);
    await expect(requireFree(ports)).rejects.toThrow(`Port ${ports.kafka} (kafka) is in use`);
    await new Promise((resolve) => server.close(resolve));
    expect(await isFree(ports.kafka)).toBe(true);
  });
});

describe('single ports', () => {
  it('are each given once', async () => {
    const ports = await Promise.all(Array.from({ length: 250 }, freePort));
    expect(distinct(ports)).toBe(250);
    expect(Math.max(...ports)).toBeLessThan(firstEphemeralPort());
  });
});
