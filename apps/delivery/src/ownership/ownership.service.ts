import { Inject, Injectable } from '@nestjs/common';
import { DELIVERY_REQUESTED } from '#libs/contracts';
import { KafkaConnection, isWithin, partitionFor, type Assignment, type Moment, type TopicListener } from '#libs/kafka';

export interface WatchedTopics {
  watch(topic: string, listener: TopicListener): () => void;
}

/** Half of the session: a heartbeat that was sent so long ago, and answered, still keeps every other instance out. */
const CERTAIN_MS = 5_000;
const NONE: ReadonlySet<number> = new Set();

/**
 * Which integrations are this instance's: those whose key falls on a partition of `delivery.requested` that it has. How
 * many partitions there are is read from the brokers, for the topic may have been created, or grown, by somebody else.
 * Services that keep something of an integration ask here, and are notified here when it goes or comes.
 */
@Injectable()
export class Ownership {
  private partitions = 0;
  private assigned = NONE;
  private ended = false;
  private confirmedAt: Moment | undefined;
  /** What the last change began. */
  private latest: Promise<void> = Promise.resolve();
  private takingOver: Promise<void> | undefined;
  private readonly lossListeners: (() => void)[] = [];
  private readonly changeListeners: (() => void | Promise<void>)[] = [];

  constructor(@Inject(KafkaConnection) { topics }: { topics: WatchedTopics }) {
    topics.watch(DELIVERY_REQUESTED.topic, ({ kind, partitions }) => {
      if (kind === 'vanished' || partitions === this.partitions) return;
      this.partitions = partitions;
      this.changed();
    });
  }

  /** Called whenever integrations may have gone, and when this instance stops: before any other takes over. */
  onLoss(listener: () => void): void {
    this.lossListeners.push(listener);
  }

  /** Called whenever integrations may have come or gone. No delivery is taken from Kafka before what it answers resolves. */
  onChange(listener: () => void | Promise<void>): void {
    this.changeListeners.push(listener);
  }

  /**
   * Resolves when deliveries of our partitions may be taken. Where the partitions change again meanwhile, all that wait go on
   * waiting, so that none is overtaken by one that came later. @throws what kept the last change from being taken over
   */
  takenOver(): Promise<void> {
    return this.takingOver ?? this.latest;
  }

  readonly has = (integrationId: string): boolean => {
    if (this.ended || this.partitions === 0) return false;
    return this.assigned.has(partitionFor(integrationId, this.partitions));
  };

  /** The consumer of `delivery.requested` has joined its group. */
  assign(assignment: Assignment): void {
    this.assigned = assignment.get(DELIVERY_REQUESTED.topic) ?? NONE;
    this.changed();
  }

  /** The group has answered a heartbeat that was sent then. */
  confirm(sentAt: Moment): void {
    this.confirmedAt = sentAt;
  }

  /**
   * Whether nobody else can have what is this instance's at this moment. One that was frozen, or whose network was, believes
   * it has its partitions while another has had them for long.
   */
  get isCertain(): boolean {
    return this.confirmedAt !== undefined && isWithin(CERTAIN_MS, this.confirmedAt);
  }

  /** From now on nothing is this instance's: it stops. */
  end(): void {
    this.ended = true;
    for (const listener of this.lossListeners) listener();
  }

  private changed(): void {
    for (const listener of this.lossListeners) listener();
    this.latest = Promise.all(this.changeListeners.map((listener) => listener())).then(() => undefined);
    this.latest.catch(() => undefined); // logged by the listener that failed; callers that wait for it get it too
    this.takingOver ??= this.follow();
    this.takingOver.catch(() => undefined);
  }

  /** Until what the last of the changes began has ended. */
  private async follow(): Promise<void> {
    for (;;) {
      const { latest } = this;
      const [{ status }] = await Promise.allSettled([latest]);
      if (latest !== this.latest) continue;
      this.takingOver = undefined;
      if (status === 'rejected') await latest;
      return;
    }
  }
}
