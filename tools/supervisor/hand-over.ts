import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { handOverPath } from '#preflight';
import { SERVICES, type ServiceName } from './service-env.js';
import type { ServiceProcess } from './service-process.js';

/** The answer to a developer who asks for a service: its settings, secrets included, or the reason for the refusal. */
export type HandedOver = { env: NodeJS.ProcessEnv } | { fault: string };

/**
 * Gives a service away to `npm run dev`, which runs it with reload: one that connects says the service's name in a line,
 * and is answered with a line of JSON (`HandedOver`) once the service has stopped. The service is started again when the
 * connection ends, however that comes about.
 */
export class HandOver {
  private readonly taken = new Map<ServiceName, Socket>();
  private server: Server | undefined;

  constructor(private readonly service: (name: ServiceName) => ServiceProcess) {}

  async listen(dataDir: string): Promise<void> {
    const server = createServer((socket) => this.serve(socket));
    const path = handOverPath(dataDir);
    rmSync(path, { force: true }); // left by a supervisor that was killed: the lock on the folder is ours
    server.listen(path);
    await once(server, 'listening');
    this.server = server;
  }

  /** What was given away is not started again. */
  close(): void {
    this.server?.close();
    for (const socket of this.taken.values()) socket.destroy();
    this.taken.clear();
  }

  private serve(socket: Socket): void {
    socket.on('error', () => undefined); // it ends, which is heard below
    createInterface({ input: socket }).once('line', (line) => void this.give(line, socket));
  }

  private async give(asked: string, socket: Socket): Promise<void> {
    const name = SERVICES.find((name) => name === asked);
    const fault = this.faultOf(name, asked);
    if (name === undefined || fault !== undefined) {
      socket.end(answer({ fault: fault ?? '' }));
      return;
    }
    this.taken.set(name, socket);
    const service = this.service(name);
    const stopped = service.stop();
    socket.once('close', () => void this.takeBack(name, socket, stopped));
    await stopped;
    socket.write(answer({ env: service.env }));
  }

  private async takeBack(name: ServiceName, socket: Socket, stopped: Promise<void>): Promise<void> {
    await stopped;
    if (this.taken.get(name) !== socket) return; // closed
    this.taken.delete(name);
    this.service(name).start();
  }

  private faultOf(name: ServiceName | undefined, asked: string): string | undefined {
    if (name === undefined) return `There is no service ${asked}; the services are ${SERVICES.join(', ')}.`;
    return this.taken.has(name) ? `${name} is being developed already.` : undefined;
  }
}

const answer = (what: HandedOver): string => `${JSON.stringify(what)}\n`;
