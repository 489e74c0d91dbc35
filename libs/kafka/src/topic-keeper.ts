import { setTimeout as wait } from 'node:timers/promises';
import type { KafkaLogger } from './logger.js';
import type { TopicWatch } from './topic-watch.js';

/** Time for an operator who deletes a topic in order to create it with other settings. */
const GRACE_MS = 2_000;

/** Creates topics again that vanished while the service runs: those that it made sure of at its start. */
export class TopicKeeper {
  private readonly makers = new Map<string, () => Promise<void>>();
  private readonly making = new Map<string, Promise<void>>();
  private closed = false;

  constructor(
    private readonly topics: Pick<TopicWatch, 'watch'>,
    private readonly logger: KafkaLogger,
  ) {}

  /** From now on the topic is created again where it vanishes, by `make`, which does nothing where it is there. */
  keep(topic: string, make: () => Promise<void>): void {
    if (!this.makers.has(topic))
      this.topics.watch(topic, ({ kind }) => {
        if (kind === 'vanished') void this.remake(topic).catch(() => undefined); // logged; whoever sends tries again
      });
    this.makers.set(topic, make);
  }

  /** Resolves when the topic is there again; false where it is none of ours. @throws what keeps it from being created */
  async remake(topic: string): Promise<boolean> {
    const make = this.makers.get(topic);
    if (!make || this.closed) return false;
    let making = this.making.get(topic);
    if (!making) {
      making = this.afterGrace(topic, make).finally(() => this.making.delete(topic));
      this.making.set(topic, making);
    }
    await making;
    return true;
  }

  close(): void {
    this.closed = true;
  }

  private async afterGrace(topic: string, make: () => Promise<void>): Promise<void> {
    this.logger.warn({ topic }, 'kafka.topic-vanished');
    await wait(GRACE_MS, undefined, { ref: false });
    if (this.closed) return;
    try {
      await make();
    } catch (error) {
      this.logger.warn({ topic, reason: String(error) }, 'kafka.topic-not-created');
      throw error;
    }
  }
}
