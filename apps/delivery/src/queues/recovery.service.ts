import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { keepTrying } from '#libs/kafka';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { FreshCredentials } from '../dead-letters/fresh-credentials.service.js';
import { Ownership } from '../ownership/ownership.service.js';
import { DestinationHealth } from '../sending/destination-health.service.js';
import { WaitingQueues } from './waiting-queues.service.js';

const LOOK_ROUND_MS = 10_000;

/** Takes up what an earlier owner of our partitions left: its queues, its drains, what it knew of the destinations. */
@Injectable()
export class Recovery implements OnApplicationShutdown {
  private generation = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    ownership: Ownership,
    private readonly health: DestinationHealth,
    private readonly waiting: WaitingQueues,
    private readonly credentials: FreshCredentials,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    ownership.onChange(() => this.begin());
  }

  onApplicationShutdown(): void {
    this.generation += 1;
    clearInterval(this.timer);
  }

  private async begin(): Promise<void> {
    this.generation += 1;
    const mine = this.generation;
    this.timer ??= setInterval(() => void this.lookRound(), LOOK_ROUND_MS).unref();
    try {
      await keepTrying(() => this.recover(), { signal: () => this.generation === mine });
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'recovery.abandoned');
      throw error;
    }
  }

  /** The health first: the pump, once it is woken, does not wait for the rest. */
  private async recover(): Promise<void> {
    await this.health.load();
    await Promise.all([this.waiting.takeUp(), this.credentials.takeUp()]);
  }

  private async lookRound(): Promise<void> {
    try {
      await this.waiting.lookRound();
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'recovery.look-round-failed');
    }
  }
}
