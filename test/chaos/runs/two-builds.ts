import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../support/free-port.js';
import type { ServiceName } from '../../../tools/supervisor/service-env.js';
import type { Stack } from '../../../tools/supervisor/stack.js';
import type { Outcome, Running } from '../load/under-load.js';
import { loadedStack } from './own-stack.js';

export interface TwoBuildsOptions {
  seed: number;
  folder: string;
  perSecond: number;
  /** The older checkout, built. */
  old: string;
  say: (line: string) => void;
}

/** How long both builds share the work before the next change: what is tested is that they do. */
const TOGETHER_MS = 8_000;
const BOTH = ['releases', 'integrations', 'delivery'] as const satisfies ServiceName[];

/**
 * Old and new instances of each service on the same topics and tables, under load: old ones come, do all the work of their
 * service while the new one is away, share it with the new one, and go, as an upgrade and its way back have it.
 */
export function twoBuilds({ old, ...load }: TwoBuildsOptions): Promise<Outcome> {
  const { say } = load;
  return loadedStack(load, async (run, stack) => {
    await run.messagesArrive();
    for (const service of BOTH) await beside(stack, service, { run, old, say });
    say('every service: old and new beside each other');
    for (const service of BOTH) await oldOneComes(stack, service, { run, old });
    await takeTurns(stack, run);
    for (const service of BOTH) await oldOnesGo(stack, service, run);
    await run.messagesArrive();
  });
}

interface At {
  run: Running;
  old: string;
  say: (line: string) => void;
}

async function beside(stack: Stack, service: ServiceName, { run, old, say }: At): Promise<void> {
  say(`${service}: old and new beside each other`);
  await oldOneComes(stack, service, { run, old });
  await run.messagesArrive();
  await wait(TOGETHER_MS);
  const [first] = stack.instances(service);
  await first!.stop(); // the old one has everything
  if (service === 'delivery') await run.messagesArrive();
  await wait(TOGETHER_MS / 2);
  const since = Date.now();
  first!.start();
  await stack.allReady(service);
  if (service === 'delivery') run.caused('joined', since);
  await run.messagesArrive();
  await oldOnesGo(stack, service, run);
  await run.messagesArrive();
}

async function oldOneComes(stack: Stack, service: ServiceName, { run, old }: Omit<At, 'say'>): Promise<void> {
  const since = Date.now();
  await stack.startAnother(service, await freePort(), old);
  if (service === 'delivery') run.caused('joined', since);
}

/** The old build cuts off what the pump has in flight. */
async function oldOnesGo(stack: Stack, service: ServiceName, run: Running): Promise<void> {
  const since = Date.now();
  await stack.stopOthers(service);
  if (service === 'delivery') run.caused('delivery', since);
}

/** Deaths on both sides while both run. */
async function takeTurns(stack: Stack, run: Running): Promise<void> {
  for (const service of BOTH)
    for (const instance of stack.instances(service)) {
      await run.messagesArrive();
      await wait(TOGETHER_MS / 4);
      const since = Date.now();
      await instance.stop('SIGKILL');
      run.caused(service, since);
      instance.start();
      await stack.allReady(service);
      if (service === 'delivery') run.caused('joined', since);
    }
  await run.messagesArrive();
}
