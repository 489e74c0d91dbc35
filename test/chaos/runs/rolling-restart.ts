import { freePort } from '../../support/free-port.js';
import { Balancer } from '../../support/balancer.js';
import type { ServiceName } from '../../../tools/supervisor/service-env.js';
import type { Stack } from '../../../tools/supervisor/stack.js';
import { opsPortOf } from '../../../tools/stack/ports.js';
import { underLoad, type Outcome } from '../load/under-load.js';
import { ownStack } from './own-stack.js';
import { flawless } from './report.js';

const SERVICES = ['releases', 'integrations', 'delivery', 'gateway'] as const satisfies ServiceName[];
type Rolled = (typeof SERVICES)[number];

export interface RollingOptions {
  seed: number;
  folder: string;
  perSecond: number;
  say: (line: string) => void;
}

/** As in production: long enough for balancers to notice, and for callers to be told to let go of their connections. */
const SHUTDOWN_DELAY = '5s';

/** Two instances of every service behind a balancer, each stopped and started in its turn while releases are made. */
export async function rollingRestart({ seed, folder, perSecond, say }: RollingOptions): Promise<Outcome> {
  const balanced = await Balanced.start(say);
  let well = false;
  try {
    const outcome = await underLoad({
      gatewayUrl: balanced.gatewayUrl,
      seed,
      folder,
      perSecond,
      meanwhile: async ({ messagesArrive }) => {
        await messagesArrive();
        for (const service of SERVICES) {
          await balanced.roll(service);
          say(`${service}: both instances restarted at ${perSecond}/s`);
          await messagesArrive();
        }
      },
    });
    well = flawless(outcome);
    return outcome;
  } finally {
    await balanced.stop(!well);
  }
}

/** A system with two instances of every service, which reach each other through balancers. */
class Balanced {
  private constructor(
    private readonly stack: Stack,
    private readonly balancers: Record<Rolled, Balancer>,
    private readonly stopStack: (keep: boolean) => Promise<void>,
  ) {}

  static async start(say: (line: string) => void): Promise<Balanced> {
    const balancers = {} as Record<Rolled, Balancer>;
    const second = {} as Record<Rolled, number>;
    for (const service of SERVICES) second[service] = await freePort();
    const { stack, stop } = await ownStack(say, async (ports) => {
      for (const service of SERVICES)
        balancers[service] = await Balancer.before([ports[service], second[service]], (port) =>
          opsPortOf(service, port),
        );
      return {
        SHUTDOWN_DELAY,
        RELEASES_URL: balancers.releases.url,
        INTEGRATIONS_URL: balancers.integrations.url,
        DELIVERY_URL: balancers.delivery.url,
      };
    });
    for (const service of SERVICES) {
      await stack.startAnother(service, second[service]);
      await balancers[service].sees(second[service], true);
    }
    return new Balanced(stack, balancers, stop);
  }

  get gatewayUrl(): string {
    return this.balancers.gateway.url;
  }

  /** One instance after the other, each once the one before is back. */
  async roll(service: Rolled): Promise<void> {
    for (const instance of this.stack.instances(service)) {
      await instance.stop();
      instance.start();
      await this.stack.allReady(service);
      await this.balancers[service].sees(instance.port, true);
    }
  }

  /** Where `keep` says so, the logs stay. */
  async stop(keep: boolean): Promise<void> {
    await this.stopStack(keep);
    for (const balancer of Object.values(this.balancers)) await balancer.close();
  }
}
