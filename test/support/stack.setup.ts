import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { freeBase } from '../../tools/stack/ports.js';
import { Stack } from '../../tools/supervisor/stack.js';
import type { ServiceName } from '../../tools/supervisor/service-env.js';
import { freePort } from './free-port.js';

/** How a test reaches the running system; in the environment as TEST_STACK. */
export interface StackCoordinates {
  gatewayUrl: string;
  sandboxUrl: string;
  databaseUrl: string;
  databaseUrls: Record<string, string>;
  brokers: string;
  ports: Record<string, number>;
  logsDir: string;
  dataDir: string;
  /** Ends and starts parts of the system, for tests of faults. */
  controlUrl: string;
}

/** The whole system, as `npm start -- --empty` runs it, for all end-to-end tests of a run; where TEST_STACK says of one that runs, that one. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env['TEST_STACK']) return () => Promise.resolve();
  execFileSync(process.execPath, ['tools/build.mjs'], { stdio: 'inherit' });
  const dataDir = mkdtempSync(join(tmpdir(), 'nitropush-e2e-'));
  const say = (line: string): void => console.log(`[stack] ${line}`);
  const stack = await Stack.start({
    root: process.cwd(),
    dataDir,
    gatewayPort: await freeBase(),
    env: { ...process.env, LOG_LEVEL: 'debug' },
    say,
    onLine: () => undefined,
  });
  const control = await startControl(stack);
  const { gatewayUrl, sandboxUrl, databaseUrl, databaseUrls, brokers, logsDir } = stack;
  const coordinates: StackCoordinates = {
    gatewayUrl,
    sandboxUrl,
    databaseUrl,
    databaseUrls,
    brokers,
    ports: { ...stack.ports },
    logsDir,
    dataDir,
    controlUrl: control.url,
  };
  process.env['TEST_STACK'] = JSON.stringify(coordinates);
  return async () => {
    control.close();
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

type Command =
  | { service: ServiceName; signal: NodeJS.Signals }
  | { another: ServiceName; action: 'start' | 'stop' }
  | { server: 'kafka' | 'postgres'; action: 'stop' | 'start' }
  | { ready: true };

/** Tests run in processes of their own: they ask for a fault over loopback. */
async function startControl(stack: Stack): Promise<{ url: string; close: () => void }> {
  const carryOut = async (command: Command): Promise<void> => {
    if ('another' in command) {
      if (command.action === 'start') await stack.startAnother(command.another, await freePort());
      else await stack.stopOthers(command.another);
    } else if ('service' in command) stack.service(command.service).signal(command.signal);
    else if ('ready' in command) await stack.ready();
    else if (command.action === 'stop') await stack.stopServer(command.server);
    else await stack.startServer(command.server);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void carryOut(JSON.parse(Buffer.concat(chunks).toString()) as Command).then(
        () => response.writeHead(204).end(),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
