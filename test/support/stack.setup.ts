import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { freeBase } from '../../tools/stack/ports.js';
import { Stack } from '../../tools/supervisor/stack.js';
import { startControl } from './stack-control.js';

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
export function setup(): Promise<() => Promise<void>> {
  return setupStack();
}

export interface SetupOptions {
  env?: NodeJS.ProcessEnv;
  nodeArgs?: string[];
}

export async function setupStack(more: (dataDir: string) => SetupOptions = () => ({})): Promise<() => Promise<void>> {
  if (process.env['TEST_STACK']) return () => Promise.resolve();
  const { coordinates, stop } = await startStack('stack', more);
  process.env['TEST_STACK'] = JSON.stringify(coordinates);
  return stop;
}

export interface RunningStack {
  coordinates: StackCoordinates;
  stop: () => Promise<void>;
}

/** Builds the services first. What it says begins with the name. */
export async function startStack(
  name: string,
  more: (dataDir: string) => SetupOptions = () => ({}),
): Promise<RunningStack> {
  execFileSync(process.execPath, ['tools/build.mjs'], { stdio: 'inherit' });
  const dataDir = mkdtempSync(join(tmpdir(), 'nitropush-e2e-'));
  const { env, nodeArgs = [] } = more(dataDir);
  const say = (line: string): void => console.log(`[${name}] ${line}`);
  const stack = await Stack.start({
    root: process.cwd(),
    dataDir,
    gatewayPort: await freeBase(),
    env: { ...process.env, LOG_LEVEL: 'debug', ...env },
    nodeArgs,
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
  const stop = async (): Promise<void> => {
    control.close();
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { coordinates, stop };
}
