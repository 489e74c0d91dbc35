import { setTimeout as wait } from 'node:timers/promises';
import type { ServiceName } from '../../../tools/supervisor/service-env.js';
import type { Stack } from '../../../tools/supervisor/stack.js';
import { freePort } from '../../support/free-port.js';
import { Random } from '../load/random.js';
import type { Outcome, Running } from '../load/under-load.js';
import { loadedStack } from './own-stack.js';

export interface MovingInstancesOptions {
  seed: number;
  /** Of each service. */
  rounds: number;
  folder: string;
  perSecond: number;
  say: (line: string) => void;
}

const SERVICES = ['delivery', 'releases', 'integrations'] as const satisfies ServiceName[];
const LONGEST_PAUSE_MS = 4_000;

/** Of each service a second instance comes, the first is killed and comes back, and the second goes, at random moments. */
export function movingInstances({ rounds, ...load }: MovingInstancesOptions): Promise<Outcome> {
  return loadedStack(load, async (run, stack) => {
    const random = new Random(load.seed + 2);
    const pause = (): Promise<void> => wait(random.between(1, LONGEST_PAUSE_MS)); // the moment is what is tested
    for (let round = 1; round <= rounds; round += 1) {
      for (const service of random.shuffled([...SERVICES])) {
        await comes(stack, service, run);
        await pause();
        await dies(stack, service, run);
        await pause();
        await goes(stack, service, run);
      }
      await run.messagesArrive();
      load.say(`seed ${load.seed}: ${round} of ${rounds} rounds`);
    }
    await stack.ready();
  });
}

async function comes(stack: Stack, service: ServiceName, run: Running): Promise<void> {
  const since = Date.now();
  await stack.startAnother(service, await freePort());
  moved(service, since, run);
}

async function dies(stack: Stack, service: ServiceName, run: Running): Promise<void> {
  const since = Date.now();
  const first = stack.service(service);
  await first.stop('SIGKILL');
  first.start();
  run.caused(service, since);
  moved(service, since, run);
}

async function goes(stack: Stack, service: ServiceName, run: Running): Promise<void> {
  const since = Date.now();
  await stack.stopOthers(service);
  moved(service, since, run);
}

/** Its partitions go to another owner. */
function moved(service: ServiceName, since: number, run: Running): void {
  if (service === 'delivery') run.caused('joined', since);
}
