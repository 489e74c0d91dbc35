import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { IntegrationState } from '#libs/contracts';
import { NoLongerOwned } from '#libs/kafka';
import { OpenCredentials } from '../credentials/open-credentials.service.js';
import type { Holds, ProviderAdapter } from '../providers/provider.js';
import { PROVIDERS } from '../providers/providers.module.js';
import type { Delivery } from './delivery.js';

/** How often a delivery that waits for its destination's pace looks whether anything else has changed. */
const LOOK_MS = 250;

/** The pace that destinations ask for, by their gates and by holds of the addresses that they share. */
@Injectable()
export class Pace {
  constructor(
    @Inject(PROVIDERS) private readonly providers: ReadonlyMap<string, ProviderAdapter>,
    @Inject(OpenCredentials) private readonly credentials: Pick<OpenCredentials, 'of'>,
  ) {}

  /**
   * True at once where the destination's gate is open: it is passed. Else false after a while: by then the integration
   * may have changed. @throws NoLongerOwned
   */
  async admits(delivery: Delivery, state: IntegrationState): Promise<boolean> {
    const provider = this.providers.get(state.provider);
    const gate = provider?.gate?.(state);
    const held = !delivery.request.test && provider?.holds?.any(performance.now()) === true;
    const waitMs = held ? await this.heldMs(provider.holds!, state) : (gate?.waitMs(performance.now()) ?? 0);
    if (waitMs <= 0) {
      gate?.take(performance.now());
      return true;
    }
    await wait(Math.min(waitMs, LOOK_MS));
    if (!delivery.owned()) throw new NoLongerOwned();
    return false;
  }

  /** A test of a webhook does not wait: its sender wants to see what the receiver answers. */
  private async heldMs(holds: Holds, state: IntegrationState): Promise<number> {
    const opened = await this.credentials.of(state, Date.now()).catch(() => undefined); // it is said once it is attempted
    return opened ? holds.waitMs(opened.credentials, performance.now()) : 0;
  }
}
