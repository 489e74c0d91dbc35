import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerName } from '../../tools/supervisor/embedded-servers.js';
import type { ServiceName } from '../../tools/supervisor/service-env.js';
import type { Stack } from '../../tools/supervisor/stack.js';
import { freePort } from './free-port.js';

/** What a test can ask of the stack that it runs against. Instances count from 1. */
export type Command =
  | { ask: 'signal-service'; service: ServiceName; instance?: number; signal: NodeJS.Signals }
  | { ask: 'stop-service' | 'start-service'; service: ServiceName }
  | { ask: 'restart-service'; service: ServiceName; settings?: Record<string, string>; ready?: boolean }
  | { ask: 'instances'; service: ServiceName }
  | { ask: 'start-another' | 'stop-others'; service: ServiceName }
  | { ask: 'signal-server'; server: ServerName; signal: NodeJS.Signals }
  | { ask: 'stop-server' | 'start-server'; server: ServerName }
  | { ask: 'wipe-kafka' | 'ready' };

/** A process of a service. */
export interface Instance {
  instance: number;
  port: number;
  pid: number | undefined;
}

/** Tests run in processes of their own: they ask for a fault over loopback. */
export async function startControl(stack: Stack): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void carryOut(stack, JSON.parse(Buffer.concat(chunks).toString()) as Command).then(
        (answer) => response.writeHead(200).end(JSON.stringify(answer ?? null)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

async function carryOut(stack: Stack, command: Command): Promise<unknown> {
  switch (command.ask) {
    case 'signal-service':
      return stack.instances(command.service)[(command.instance ?? 1) - 1]!.signal(command.signal);
    case 'stop-service':
      return void (await Promise.all(stack.instances(command.service).map((service) => service.stop())));
    case 'start-service':
      for (const service of stack.instances(command.service)) service.start();
      return stack.allReady(command.service);
    case 'restart-service':
      await stack.restart(command.service, command.settings);
      return command.ready === false ? undefined : stack.allReady(command.service);
    case 'instances':
      return stack.instances(command.service).map(({ instance, port, pid }): Instance => ({ instance, port, pid }));
    case 'start-another': {
      const { instance, port, pid } = await stack.startAnother(command.service, await freePort());
      return { instance, port, pid } satisfies Instance;
    }
    case 'stop-others':
      return stack.stopOthers(command.service);
    case 'signal-server':
      return stack.signalServer(command.server, command.signal);
    case 'stop-server':
      return stack.stopServer(command.server);
    case 'start-server':
      return stack.startServer(command.server);
    case 'wipe-kafka':
      return stack.wipeKafka();
    case 'ready':
      return stack.ready();
  }
}
