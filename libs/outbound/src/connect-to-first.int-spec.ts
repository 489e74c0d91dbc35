import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectToFirst, type ConnectTarget } from './index.js';

/** Documentation addresses: nothing is there, and there may be no route for them. */
const NOWHERE = { address: '2001:db8::1', family: 6 };
const LOOPBACK = { address: '127.0.0.1', family: 4 };

const connect = (target: ConnectTarget): Promise<Socket> =>
  new Promise((resolve, reject) =>
    connectToFirst(target, (error, socket) => (socket ? resolve(socket) : reject(error!))),
  );

describe('connecting to the first address that takes it', () => {
  let server: Server;
  let port: number;
  const accepted: Socket[] = [];

  beforeEach(async () => {
    server = createServer((socket) => accepted.push(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(async () => {
    for (const socket of accepted.splice(0)) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each([
    ['alone', [LOOPBACK]],
    ['behind one without a route', [NOWHERE, LOOPBACK]],
    ['before one without a route', [LOOPBACK, NOWHERE]],
    ['behind one that refuses', [{ address: '127.0.0.2', family: 4 }, LOOPBACK]],
  ])('finds it %s', async (_where, addresses) => {
    const socket = await connect({ addresses, port, timeoutMs: 3_000 });
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
  });

  it('says why where all refuse, by the first of them', async () => {
    const addresses = [
      { address: '127.0.0.2', family: 4 },
      { address: '127.0.0.3', family: 4 },
    ];
    await expect(connect({ addresses, port, timeoutMs: 3_000 })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      address: '127.0.0.2',
    });
  });

  it('says so where there is no address', async () => {
    await expect(connect({ addresses: [], port, timeoutMs: 3_000 })).rejects.toThrow(/no address/);
  });
});

describe('a server that is slow to take connections', () => {
  let slow: SlowServer;

  beforeEach(async () => {
    slow = await SlowServer.start();
  });
  afterEach(() => slow.stop());

  it.each([
    ['alone', [LOOPBACK]],
    ['beside an address without a route', [LOOPBACK, NOWHERE]],
    ['beside one that refuses', [LOOPBACK, { address: '127.0.0.2', family: 4 }]],
  ])('is given the whole time, %s', async (_where, addresses) => {
    // Its queue is full, so the handshake is only made when the client asks again, after a second.
    const connecting = connect({ addresses, port: slow.port, timeoutMs: 10_000 });
    setTimeout(() => slow.goOn(), 400);
    const socket = await connecting;
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
  });

  it('is given no more than that', async () => {
    await expect(connect({ addresses: [LOOPBACK, NOWHERE], port: slow.port, timeoutMs: 500 })).rejects.toMatchObject({
      code: 'ETIMEDOUT',
    });
  });

  it('keeps nobody from an address that is quick', async () => {
    const quick = createServer();
    await new Promise<void>((resolve) => quick.listen(slow.port, '127.0.0.2', resolve));
    const addresses = [LOOPBACK, { address: '127.0.0.2', family: 4 }];
    const socket = await connect({ addresses, port: slow.port, timeoutMs: 10_000 });
    expect(socket.remoteAddress).toBe('127.0.0.2');
    socket.destroy();
    await new Promise((resolve) => quick.close(resolve));
  });
});

/** A server whose thread stands still: the kernel lets a few connections in, and no more until it goes on. */
class SlowServer {
  private readonly fillers: Socket[] = [];

  private constructor(
    private readonly worker: Worker,
    private readonly gate: Int32Array,
    readonly port: number,
  ) {}

  static async start(): Promise<SlowServer> {
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const code = `
      const { parentPort, workerData } = require('node:worker_threads');
      const server = require('node:net').createServer((socket) => socket.on('error', () => {}));
      server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
        parentPort.postMessage(server.address().port);
        setImmediate(() => Atomics.wait(workerData, 0, 0));
      });`;
    const worker = new Worker(code, { eval: true, workerData: gate });
    const port = await new Promise<number>((resolve) => worker.once('message', resolve));
    const slow = new SlowServer(worker, gate, port);
    await slow.fill();
    return slow;
  }

  goOn(): void {
    Atomics.store(this.gate, 0, 1);
    Atomics.notify(this.gate, 0);
  }

  async stop(): Promise<void> {
    this.goOn();
    for (const socket of this.fillers) socket.destroy();
    await this.worker.terminate();
  }

  /** Until one is not let in. */
  private async fill(): Promise<void> {
    for (;;) {
      const socket = await connect({ addresses: [LOOPBACK], port: this.port, timeoutMs: 300 }).catch(() => undefined);
      if (!socket) return;
      this.fillers.push(socket.on('error', () => {}));
    }
  }
}
