import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeBase, portsFrom, type Ports } from '../../../tools/stack/ports.js';
import { Stack } from '../../../tools/supervisor/stack.js';
import { underLoad, type Outcome, type Running } from '../load/under-load.js';
import type { Kind } from './plan.js';
import { holds } from './report.js';
import type { Killable } from './seeded-kills.js';

/** A ladder so short that a delivery can die and be resent within a run; limits that the load does not reach. */
const SETTINGS = {
  DELIVERY_RETRY_DELAYS: '1s,2s,4s',
  RATE_LIMIT_PER_SECOND: '1000000',
  RATE_LIMIT_ANONYMOUS_PER_SECOND: '1000000',
};

/** How often an integration is changed under load. */
const CHANGE_EVERY_MS = 4_000;

export interface OwnStack {
  stack: Stack;
  /** Stops everything; where `keep` says so, its folder with the logs stays. */
  stop: (keep: boolean) => Promise<void>;
}

/** A whole system for one run; its settings may depend on where it will listen. */
export async function ownStack(
  say: (line: string) => void,
  settings: (ports: Ports) => NodeJS.ProcessEnv | Promise<NodeJS.ProcessEnv> = () => ({}),
): Promise<OwnStack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'nitropush-chaos-'));
  const gatewayPort = await freeBase();
  const env = { ...process.env, ...SETTINGS, ...(await settings(portsFrom(gatewayPort))) };
  const stack = await Stack.start({ root: process.cwd(), dataDir, gatewayPort, env, say, onLine: () => undefined });
  const stop = async (keep: boolean): Promise<void> => {
    await stack.stop();
    if (keep) say(`The logs are kept in ${stack.logsDir}`);
    else rmSync(dataDir, { recursive: true, force: true });
  };
  return { stack, stop };
}

export interface LoadedStackOptions {
  seed: number;
  folder: string;
  perSecond: number;
  say: (line: string) => void;
  settings?: NodeJS.ProcessEnv;
}

/** Loads a system of its own while something is done to it. Its logs stay where the outcome does not hold. */
export async function loadedStack(
  { say, settings, ...load }: LoadedStackOptions,
  meanwhile: (run: Running, stack: Stack) => Promise<void>,
): Promise<Outcome> {
  const { stack, stop } = await ownStack(say, () => settings ?? {});
  let well = false;
  try {
    const outcome = await underLoad({
      ...load,
      gatewayUrl: stack.gatewayUrl,
      changeEveryMs: CHANGE_EVERY_MS,
      meanwhile: (run) => meanwhile(run, stack),
    });
    well = holds(outcome);
    return outcome;
  } finally {
    await stop(!well);
  }
}

/** Services and servers of a stack, each ended with all its processes. */
export function killable(stack: Stack): Killable {
  const isServer = (kind: Kind): kind is 'kafka' | 'postgres' => kind === 'kafka' || kind === 'postgres';
  return {
    gatewayUrl: stack.gatewayUrl,
    ready: () => stack.ready(),
    kill: async (kind) => {
      const runs = stack.pids()[kind] !== undefined;
      if (!runs) return false;
      if (isServer(kind)) stack.signalServer(kind, 'SIGKILL');
      else {
        const service = stack.service(kind);
        await service.stop('SIGKILL');
        service.start(); // at once: the supervisor would wait longer each time
      }
      return true;
    },
  };
}
