import { Agent, request, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Controller, Get, Module } from '@nestjs/common';
import { afterEach, describe, expect, it } from 'vitest';
import { Public } from '#libs/auth';
import { ServiceSettings, loadSettings } from '#libs/config';
import { createLogger, createRegistry } from '#libs/observability';
import { eventually } from '../../../test/support/eventually.js';
import { createService } from './index.js';
import { inBackground } from '../../../test/support/in-background.js';

/** Calls that are answered when the test says so. */
const waiting: (() => void)[] = [];
let ended: string[] = [];

@Public()
@Controller()
class SlowController {
  @Get('slow')
  async slow(): Promise<{ answered: boolean }> {
    await new Promise<void>((resolve) => waiting.push(resolve));
    ended.push('call');
    return { answered: true };
  }

  @Get('quick')
  quick(): { answered: boolean } {
    return { answered: true };
  }

  onApplicationShutdown(): void {
    ended.push('consumers');
  }
}

@Module({ controllers: [SlowController] })
class Slow {}

interface Answer {
  status: number;
  connection: string | undefined;
  body: string;
}

/** One client with connections of its own, which it keeps. */
class Client {
  private readonly agent = new Agent({ keepAlive: true });
  constructor(private readonly port: number) {}

  async get(path: string): Promise<Answer> {
    const call = request({ port: this.port, host: '127.0.0.1', path, agent: this.agent }).end();
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    let body = '';
    for await (const chunk of response) body += String(chunk);
    return { status: response.statusCode!, connection: response.headers.connection, body };
  }

  close(): void {
    this.agent.destroy();
  }
}

let stop: () => Promise<void> = () => Promise.resolve();
let clients: Client[] = [];
afterEach(async () => {
  for (const answer of waiting.splice(0)) answer();
  for (const client of clients.splice(0)) client.close();
  await stop();
  ended = [];
});

async function start(env: Record<string, string>): Promise<{ client: () => Client; log: string[]; close: () => void }> {
  const log: string[] = [];
  const app = await createService(
    { module: Slow },
    {
      name: 'slow',
      settings: loadSettings(ServiceSettings, { PORT: '1', ...env }),
      logger: createLogger('slow', 'info', { write: (line) => void log.push(line) }),
      registry: createRegistry('slow'),
    },
  );
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  let closed: Promise<void> | undefined;
  stop = () => (closed ??= app.close());
  const client = (): Client => {
    const made = new Client(port);
    clients.push(made);
    return made;
  };
  return { client, log, close: () => void stop() };
}

const callsWait = (count: number): Promise<void> => eventually(() => expect(waiting).toHaveLength(count));

describe('a service that stops', () => {
  it('turns its probes first, takes calls for a while, then answers what is in flight before anything else ends', async () => {
    const { client, close } = await start({ SHUTDOWN_DELAY: '1s' });
    const inFlight = [client().get('/slow'), client().get('/slow')].map(inBackground);
    await callsWait(2);
    close();
    const probe = client();
    await eventually(async () => expect((await probe.get('/health/serving')).status).toBe(503), { everyMs: 5 });
    expect((await probe.get('/health/ready')).status).toBe(503);
    expect(await client().get('/quick')).toMatchObject({ status: 200, connection: 'close' });
    await eventually(() => expect(client().get('/quick')).rejects.toMatchObject({ code: 'ECONNREFUSED' }));
    expect(ended).toEqual([]);
    for (const answer of waiting.splice(0)) answer();
    for (const answer of await Promise.all(inFlight))
      expect(answer).toEqual({ status: 200, connection: 'close', body: '{"answered":true}' });
    await stop();
    expect(ended).toEqual(['call', 'call', 'consumers']);
  });

  it('does not wait for connections that are idle', async () => {
    const { client } = await start({});
    for (let n = 0; n < 3; n += 1) expect((await client().get('/quick')).connection).toBe('keep-alive');
    const began = performance.now();
    await stop();
    expect(performance.now() - began).toBeLessThan(10_000); // the shortest wait for anything idle would be 15 s
  });

  it('cuts a call that hangs once its time is over, and says so in one line', async () => {
    const { client, log } = await start({ SHUTDOWN_TIMEOUT: '100ms' });
    const hanging = client().get('/slow');
    const ends = hanging.then(
      () => 'answered',
      (error: { code?: string }) => error.code,
    );
    await callsWait(1);
    await stop();
    expect(await ends).toBe('ECONNRESET');
    expect(log.filter((line) => line.includes('service.calls-cut'))).toHaveLength(1);
  });
});
