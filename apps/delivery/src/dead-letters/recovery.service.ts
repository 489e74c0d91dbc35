import { keepTrying } from '#libs/kafka';
import { describeError, type Logger } from '#libs/observability';
import type { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { QUEUE } from '../ledger/delivery.entity.js';
import type { DestinationHealth } from '../sending/destination-health.service.js';
import type { Lanes } from '../sending/lanes.service.js';
import type { Drain } from './drain.service.js';
import type { Pump } from './pump.service.js';
import type { QueueQueries } from './queue.queries.js';

const LOOK_ROUND_MS = 10_000;

export interface RecoveryDependencies {
  queries: QueueQueries;
  health: DestinationHealth;
  lanes: Lanes;
  pump: Pump;
  drain: Drain;
  integrations: KnownIntegrations;
  owns: (integrationId: string) => boolean;
  logger: Logger;
}

/** Takes up what an earlier owner of our partitions left: its queues, its drains, what it knew of the destinations. */
export class Recovery {
  private current: Promise<void> = Promise.resolve();
  private generation = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly on: RecoveryDependencies) {}

  /** Partitions came or went. */
  begin(): void {
    this.generation += 1;
    const mine = this.generation;
    this.on.lanes.keep(this.on.owns);
    this.current = keepTrying(() => this.recover(), { signal: () => this.generation === mine });
    this.current.catch((error: unknown) => this.on.logger.warn({ error: describeError(error) }, 'recovery.abandoned'));
    this.timer ??= setInterval(() => void this.lookRound(), LOOK_ROUND_MS).unref();
  }

  /** Resolves when deliveries of our partitions may be taken. */
  done(): Promise<void> {
    return this.current;
  }

  stop(): void {
    this.generation += 1;
    clearInterval(this.timer);
  }

  private async recover(): Promise<void> {
    await this.on.health.load();
    const [waiting, drained] = await Promise.all([this.on.queries.waiting(), this.on.queries.drainedVersions()]);
    for (const { integration_id: id, queue } of waiting) {
      if (!this.on.owns(id)) continue;
      if (queue === QUEUE.parked) this.on.lanes.of(id).parked = true;
      this.on.pump.wake(id);
    }
    for (const state of this.on.integrations.all()) {
      // higher than the current one where the owner's database was restored; 0 where only the health was noted
      const undrained = (drained.get(state.id) || 1) !== state.credentialsVersion;
      if (undrained && this.on.owns(state.id)) this.on.drain.start(state);
    }
  }

  /** The safety net below notifications, which are lost while nobody is connected. */
  private async lookRound(): Promise<void> {
    try {
      for (const { integration_id: id } of await this.on.queries.waiting()) this.on.pump.wake(id);
    } catch (error) {
      this.on.logger.warn({ error: describeError(error) }, 'recovery.look-round-failed');
    }
  }
}
