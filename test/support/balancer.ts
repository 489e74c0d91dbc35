import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const PROBE_EVERY_MS = 200;
const PROBE_WITHIN_MS = 2_000;
/** As of a kubelet: a machine that is busy for a moment takes nobody out. */
const FAILURES = 3;

/**
 * Passes TCP connections on to the instances of a service that say they serve, each in its turn, as a Service of Kubernetes
 * does: a connection stays where it is, and only new ones avoid an instance that is going.
 */
export class Balancer {
  private readonly serving = new Set<number>();
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private turn = 0;
  private closed = false;

  private constructor(
    private readonly ports: number[],
    private readonly probed: (port: number) => number,
  ) {
    this.server = createServer((client) => this.pass(client));
  }

  /** Answers once it listens. */
  static async before(ports: number[], probed = (port: number) => port): Promise<Balancer> {
    const balancer = new Balancer(ports, probed);
    await new Promise<void>((resolve) => balancer.server.listen(0, '127.0.0.1', resolve));
    for (const port of ports) void balancer.probe(port);
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when new connections go to the instance, or no longer do. */
  async sees(port: number, serving: boolean): Promise<void> {
    while (this.serving.has(port) !== serving) await wait(PROBE_EVERY_MS / 4);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async probe(port: number): Promise<void> {
    let failures = 0;
    while (!this.closed) {
      failures = (await serves(this.probed(port))) ? 0 : failures + 1;
      if (failures === 0) this.serving.add(port);
      else if (failures >= FAILURES) this.serving.delete(port);
      await wait(PROBE_EVERY_MS);
    }
  }

  private pass(client: Socket): void {
    const serving = this.ports.filter((port) => this.serving.has(port));
    const port = serving[this.turn % serving.length];
    this.turn += 1;
    if (port === undefined) return void client.destroy();
    const instance = connect(port, '127.0.0.1');
    this.join(client, instance);
    this.join(instance, client);
  }

  /** Half of a connection: what the one says the other hears, and its end too. */
  private join(from: Socket, to: Socket): void {
    this.sockets.add(from);
    from.setNoDelay(true);
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroySoon();
    });
  }
}

async function serves(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health/serving`, {
      signal: AbortSignal.timeout(PROBE_WITHIN_MS),
      headers: { connection: 'close' }, // each probe asks anew, as a kubelet does
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false; // it is starting, or has ended
  }
}
