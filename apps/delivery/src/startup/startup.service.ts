import { Injectable, type BeforeApplicationShutdown, type OnApplicationShutdown } from '@nestjs/common';
import { Publisher, keepTrying } from '#libs/kafka';
import { IntegrationStates } from '../integrations/integration-states.js';
import { Partitions } from '../ledger/partitions.service.js';
import { FormerDelays } from '../retries/former-delays.service.js';
import { Topics } from './topics.js';

/** What must be there before the first record is taken. */
@Injectable()
export class Startup implements BeforeApplicationShutdown, OnApplicationShutdown {
  private stopped = false;

  constructor(
    private readonly partitions: Partitions,
    private readonly publisher: Publisher,
    private readonly topics: Topics,
    private readonly formerDelays: FormerDelays,
    private readonly states: IntegrationStates,
  ) {}

  /** Waits for servers that are away: what can be answered without them is answered meanwhile. */
  async prepare(): Promise<void> {
    await this.untilStopped(() => this.partitions.ensure());
    await this.untilStopped(() => this.publisher.connect());
    await this.untilStopped(() => this.topics.ensure());
    await this.untilStopped(() => this.formerDelays.read());
    await this.states.start();
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
  }

  /** The Kafka servers have drained by now: nobody waits for what is left. */
  async onApplicationShutdown(): Promise<void> {
    await this.publisher.disconnect();
  }

  private untilStopped<T>(work: () => Promise<T>): Promise<T> {
    return keepTrying(work, { signal: () => !this.stopped });
  }
}
