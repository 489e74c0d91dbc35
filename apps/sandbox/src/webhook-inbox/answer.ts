import type { ServerResponse } from 'node:http';
import { Readable, pipeline } from 'node:stream';
import type { Behaviour, Mode } from './behaviour.js';

/** Nothing of ours waits for ever: a hanging answer is broken off, a dripping one ends. */
const LONGEST_MS = 120_000;
const DRIP_EVERY_MS = 1_000;
const HUGE_BYTES = 200 * 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024, 'x');

type Answer = (response: ServerResponse, name: string, behaviour: Behaviour) => void;

const ANSWERS: Record<Mode, Answer> = {
  ok: (response) => json(response, 200, { ok: true }),
  refuse: (response) => response.socket?.resetAndDestroy(),
  'rate-limited': (response, _name, { retryAfterSeconds }) => {
    response.setHeader('retry-after', String(retryAfterSeconds));
    json(response, 429, { error: 'rate_limited' });
  },
  error: (response) => json(response, 500, { error: 'The sandbox was told to fail.' }),
  hang: (response) => untilClosed(response, LONGEST_MS, () => response.destroy()),
  revoked: (response) => json(response, 410, { error: 'This webhook is gone.' }),
  redirect: (response, name) => {
    response.setHeader('location', `/inbox/${name}-redirected`);
    json(response, 302, { error: 'moved' });
  },
  slow: (response, _name, { delayMs }) => untilClosed(response, delayMs, () => json(response, 200, { ok: true })),
  drip,
  huge,
};

/** Answers as the switch says. `refuse` resets the connection once the request has been read, without an answer. */
export const answer: Answer = (response, name, behaviour) => ANSWERS[behaviour.mode](response, name, behaviour);

function json(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function untilClosed(response: ServerResponse, ms: number, then: () => void): void {
  const timer = setTimeout(then, ms);
  response.once('close', () => clearTimeout(timer));
}

/** A byte a second: each read of the sender succeeds, the whole never does. */
function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.write('.');
  const timer = setInterval(() => response.write('.'), DRIP_EVERY_MS);
  response.once('close', () => clearInterval(timer));
  untilClosed(response, LONGEST_MS, () => response.end());
}

function huge(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': HUGE_BYTES });
  const source = Readable.from(chunks(), { objectMode: false });
  pipeline(source, response, () => source.destroy());
}

function* chunks(): Generator<Buffer> {
  for (let sent = 0; sent < HUGE_BYTES; sent += CHUNK.length) yield CHUNK;
}
