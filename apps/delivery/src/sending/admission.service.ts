import { Inject, Injectable } from '@nestjs/common';
import type { IntegrationState } from '#libs/contracts';
import { declarationOf } from '#libs/providers';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { QUEUE } from '../ledger/queue.js';
import { Ledger } from '../ledger/ledger.service.js';
import type { Delivery } from './delivery.js';
import { DestinationHealth } from './destination-health.service.js';
import { droppedEnding, heldEnding, unreachableEnding, type Ending } from './ending.js';
import { Pace } from './pace.service.js';
import { PendingEntries } from './pending-entries.service.js';

/** A record may overtake the state of its integration; this is how long it waits for it. */
const UNKNOWN_FOR_MS = 5_000;
/**
 * Most posts that are made but not in the ledger yet: a crash can repeat these, and those in flight. It is room for two
 * statements, one being written and one filling up, so that at full speed the ledger never waits for posts.
 */
const MAX_UNRECORDED = 512;

/** Whether an attempt may be made; `left`: it waits in the ledger, for its integration to be enabled or for a newer version. */
export type Admitted =
  | { kind: 'admitted'; state: IntegrationState }
  | { kind: 'refused'; ending: Ending }
  | { kind: 'left' };

const LEFT: Admitted = { kind: 'left' };
const refused = (ending: Ending): Admitted => ({ kind: 'refused', ending });

/** May an attempt be made at all, and when? */
@Injectable()
export class Admission {
  constructor(
    @Inject(KnownIntegrations) private readonly integrations: Pick<KnownIntegrations, 'waitFor'>,
    @Inject(DestinationHealth) private readonly health: Pick<DestinationHealth, 'needsReconnect'>,
    @Inject(Ledger) private readonly ledger: Pick<Ledger, 'uncommittedBelow'>,
    private readonly pace: Pace,
    private readonly pending: PendingEntries,
  ) {}

  /** Resolves once its destination's pace lets it begin, or it will not be made. @throws NoLongerOwned */
  async of(delivery: Delivery): Promise<Admitted> {
    const { integrationId, integrationVersion, test } = delivery.request;
    let shown = false;
    for (;;) {
      const state = await this.integrations.waitFor(integrationId, integrationVersion, UNKNOWN_FOR_MS);
      if (!state) return refused(droppedEnding(delivery));
      if (!state.enabled && !test)
        return delivery.queue === QUEUE.redelivery ? LEFT : refused(heldEnding(delivery, state));
      if (!declarationOf(state.provider)) return this.leaveToNewer(delivery, state);
      if (this.health.needsReconnect(state.id) && !test) return refused(unreachableEnding(delivery, state));
      await this.ledger.uncommittedBelow(MAX_UNRECORDED);
      if (await this.pace.admits(delivery, state)) return { kind: 'admitted', state };
      if (!shown) await this.pending.show(delivery, state);
      shown = true;
    }
  }

  /** A newer version has connected it: it waits, in order, for an instance that knows the provider. */
  private async leaveToNewer(delivery: Delivery, state: IntegrationState): Promise<Admitted> {
    await this.pending.parkUnknown(delivery, state);
    return LEFT;
  }
}
