import { createRequire } from 'node:module';
import { subscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Loaded into each service by `--import`, for the tests that count. A service says at a Unix socket what it has sent so far: requests to the
 * brokers and statements to PostgreSQL by name, and bytes on all connections that it opened.
 */
export type Counts = Record<string, number>;

/** Where a service with this process id says it. */
export const countsPath = (dataDir: string, pid: number): string => `${dataDir}/counts.${pid}`;

type Send = (this: unknown, ...given: never[]) => unknown;

const LOOK_MS = 20;
const counts: Counts = {};
const open = new Set<Socket>();
let closedBytes = 0;

const add = (name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};

/** Both are loaded by the service itself, in the order that it wants. */
function countOnceLoaded(file: string, method: string, nameOf: (first: unknown) => string): void {
  const { cache } = createRequire(import.meta.url);
  const timer = setInterval(() => {
    const path = Object.keys(cache).find((one) => one.endsWith(file));
    const module = path === undefined ? undefined : cache[path];
    if (!module?.loaded) return;
    clearInterval(timer);
    const { prototype } = module.exports as { prototype: Record<string, Send> };
    const original = prototype[method]!;
    prototype[method] = function counted(this: unknown, ...given: never[]) {
      add(nameOf(given[0]));
      return original.apply(this, given);
    };
  }, LOOK_MS);
  timer.unref();
}

function statementOf(query: unknown): string {
  const { name, text } = (typeof query === 'string' ? { text: query } : (query ?? {})) as {
    name?: string;
    text?: string;
  };
  return `sql ${name ?? (text ?? 'unknown').trim().split(/\s+/).slice(0, 4).join(' ')}`;
}

function start(dataDir: string): void {
  countOnceLoaded(
    'kafkajs/src/network/connection.js',
    'send',
    (call) => `kafka ${(call as { request: { apiName: string } }).request.apiName}`,
  );
  countOnceLoaded('/pg/lib/client.js', 'query', statementOf);
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket };
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      closedBytes += socket.bytesWritten;
    });
  });
  const bytes = (): number => [...open].reduce((sum, { bytesWritten }) => sum + bytesWritten, closedBytes);
  createServer((_, response) => response.end(JSON.stringify({ ...counts, bytes: bytes() })))
    .listen(countsPath(dataDir, process.pid))
    .unref();
}

const dataDir = process.env['COUNTS_DIR'];
if (dataDir !== undefined) start(dataDir);
