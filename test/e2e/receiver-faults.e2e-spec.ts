import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { startReceiver, type Answer, type Receiver } from '../support/receiver.js';
import { Api, stack, type Attempt } from './support/api.js';
import { freePort } from '../support/free-port.js';

const receivers: Receiver[] = [];
afterAll(async () => {
  for (const receiver of receivers) await receiver.close();
});

async function answering(answer: Answer): Promise<string> {
  const receiver = await startReceiver(answer);
  receivers.push(receiver);
  return receiver.url;
}

/** A port that nobody listens on. */
const closedPort = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`;

/** The first attempt at a destination with this fault. */
async function firstAttempt(url: string): Promise<Attempt> {
  const api = await Api.signIn();
  const project = await api.project();
  await api.webhook(url);
  await api.release(project.id, '1.0');
  return eventually(
    async () => {
      const [delivery] = await api.deliveries();
      const { attempts } = await api.delivery(delivery!.id);
      expect(attempts.length).toBeGreaterThan(0);
      return attempts[0]!;
    },
    { everyMs: 100 },
  );
}

async function memoryOfDelivery(): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${stack().ports['delivery']}/metrics`)).text();
  return Number(/process_resident_memory_bytes\{[^}]*\} (\S+)/.exec(metrics)![1]);
}

/** DELIVERY_TIMEOUT is 10 s; the rest is for a machine that is busy. */
const LIMIT_MS = 15_000;
const MB = 1024 * 1024;

describe.concurrent('a receiver', () => {
  it.each<[string, string, () => Promise<string>]>([
    ['that nobody is', 'connection_refused', closedPort],
    ['that hangs', 'timeout', () => answering(() => undefined)],
    ['that resets', 'connection_reset', () => answering((_, response) => void response.socket?.resetAndDestroy())],
    [
      'that redirects',
      'redirected',
      () => answering((_, response) => void response.writeHead(302, { location: 'http://127.0.0.1/' }).end()),
    ],
    ['that drips a byte at a time, refusing', 'server_error', () => answering((_, response) => drip(response, 503))],
    ['whose name is unknown', 'dns_failed', async () => 'http://no-such-host.invalid/hook'],
    ['that says 401', 'credentials_revoked', () => answering(() => 401)],
    ['that says 404', 'destination_missing', () => answering(() => 404)],
    ['that says 400', 'message_rejected', () => answering(() => 400)],
    ['that says 503', 'server_error', () => answering(() => 503)],
  ])('%s: %s', { timeout: 400_000 }, async (_name, code, make) => {
    const attempt = await firstAttempt(`${await make()}`);
    expect(attempt).toMatchObject({ outcome: 'failed', errorCode: code });
    expect(attempt.durationMs).toBeLessThanOrEqual(LIMIT_MS);
    expect(attempt.error).toMatch(/^[A-Z].+[.?]$/);
  });

  it('that says 200 has taken it, also where the rest drips', { timeout: 400_000 }, async () => {
    const attempt = await firstAttempt(await answering((_, response) => drip(response, 200)));
    expect(attempt).toMatchObject({ outcome: 'delivered', statusCode: 200 });
    expect(attempt.responseBody).toContain('did not end in time');
  });

  it.each(['HTTP/1.1 000 x', 'HTTP/1.1 099 x', 'HTTP/1.1 101 x'])(
    'that answers %s leaves a failed attempt that is retried',
    { timeout: 400_000 },
    async (statusLine) => {
      const url = await answering((_, response) => void response.socket?.end(`${statusLine}\r\n\r\n`));
      const attempt = await firstAttempt(url);
      expect(attempt).toMatchObject({ outcome: 'failed', errorCode: 'malformed_response', statusCode: null });
    },
  );

  it('that answers 200 MB is cut off, and memory stays flat', { timeout: 400_000 }, async () => {
    const chunk = Buffer.alloc(MB, 'x');
    let sent = 0;
    const url = await answering((_, response) => {
      response.writeHead(200);
      sent = 0;
      const more = (): void => {
        while (sent < 200 && !response.destroyed) {
          sent += 1;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    const before = await memoryOfDelivery();
    const attempt = await firstAttempt(url);
    expect(attempt).toMatchObject({ outcome: 'delivered', statusCode: 200 });
    expect(attempt.responseBody).toContain('longer than 64 KB');
    expect(sent).toBeLessThan(20); // the rest was never taken
    expect((await memoryOfDelivery()) - before).toBeLessThan(200 * MB); // others are served meanwhile
  });
});

function drip(response: Parameters<Answer>[1], status: number): void {
  response.writeHead(status);
  const timer = setInterval(() => response.write('x'), 1_000);
  response.once('close', () => clearInterval(timer));
}
