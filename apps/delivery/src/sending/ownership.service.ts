import { DELIVERY_REQUESTED } from '#libs/contracts';
import { partitionFor, type Assignment, type TopicListener } from '#libs/kafka';

/** The consumer whose partitions decide. */
export interface Assigned {
  readonly assignment: Assignment;
  onAssignment(listener: () => void): void;
}

export interface WatchedTopics {
  watch(topic: string, listener: TopicListener): () => void;
}

/**
 * Which integrations are this instance's: those whose key falls on a partition of `delivery.requested` that it has. How
 * many partitions there are is read from the brokers, for the topic may have been created, or grown, by somebody else.
 */
export class Ownership {
  private partitions = 0;
  private ended = false;
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly consumer: Assigned,
    topics: WatchedTopics,
  ) {
    consumer.onAssignment(() => this.changed());
    topics.watch(DELIVERY_REQUESTED.topic, ({ kind, partitions }) => {
      if (kind === 'vanished' || partitions === this.partitions) return;
      this.partitions = partitions;
      this.changed();
    });
  }

  /** Told whenever integrations may have come or gone. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  readonly has = (integrationId: string): boolean => {
    if (this.ended || this.partitions === 0) return false;
    const partition = partitionFor(integrationId, this.partitions);
    return this.consumer.assignment.get(DELIVERY_REQUESTED.topic)?.has(partition) ?? false;
  };

  /** From now on nothing is this instance's: it stops. */
  end(): void {
    this.ended = true;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
