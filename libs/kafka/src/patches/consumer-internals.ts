import { describeTopics, type BrokerSource } from '../describe-topics.js';
import type { Moment } from '../moment.js';
import { replaceModule } from './replace-module.js';

/** Told by a consumer beside kafkajs' own events. */
export const CONSUMER_POSITION = 'consumer.position';
export const CONSUMER_RESET = 'consumer.reset';
export const CONSUMER_TOPICS_GONE = 'consumer.topics-gone';
export const CONSUMER_REJOINING = 'consumer.rejoining';
export const CONSUMER_CONFIRMED = 'consumer.confirmed';

/** Everything of a partition that lies below `next` was read, or is not there to be read. */
export interface PositionEvent {
  topic: string;
  partition: number;
  next: number;
}

/** The position that the partition had does not hold: it is read from its beginning. */
export interface ResetEvent {
  topic: string;
  partition: number;
  reason: 'out-of-range' | 'of-another-topic';
}

/** Subscribed topics that the brokers do not have: nobody is assigned anything of them. */
export interface TopicsGoneEvent {
  topics: string[];
}

/** The consumer is about to join its group again, after which its partitions may be others'. It waits for what is put in here. */
export interface RejoiningEvent {
  waits: Promise<unknown>[];
}

/** The coordinator has taken the consumer for a member that has its partitions; a heartbeat said so that was sent then. */
export interface ConfirmedEvent {
  sentAt: Moment;
}

const LABEL = 'topic-id:';

/** What a commit says beside the offset: which topic of that name it is for. */
export const offsetLabel = (topicId: string | null | undefined): string | null => (topicId ? LABEL + topicId : null);

interface Emitter {
  emit(event: string, payload: PositionEvent | ResetEvent | TopicsGoneEvent | RejoiningEvent | ConfirmedEvent): void;
}

interface CommittedOffsets {
  responses: {
    topic: string;
    partitions: { partition: number; offset: string; metadata?: string | null }[];
  }[];
}

interface Coordinator {
  offsetFetch(request: object): Promise<CommittedOffsets>;
}

declare class OffsetManager {
  readonly cluster: BrokerSource;
  readonly instrumentationEmitter: Emitter;
  getCoordinator(): Promise<Coordinator>;
  setDefaultOffset(at: { topic: string; partition: number }): Promise<void>;
}

interface FetchedBatch {
  topic: string;
  partition: number;
  fetchedOffset: string;
  rawMessages: unknown[];
  /** The end as far as a reader gets: below the first open transaction. */
  lastStableOffset: string;
}

declare class ConsumerGroup {
  readonly instrumentationEmitter: Emitter;
  readonly groupId: string;
  readonly memberId: string | null;
  readonly generationId: number;
  readonly coordinator: { heartbeat(member: object): Promise<unknown> };
  joinAndSync(): Promise<void>;
  fetch(nodeId: string): Promise<FetchedBatch[]>;
  generatePartitionsPerSubscribedTopic(): Map<string, number[]>;
  resolveOffset(at: { topic: string; partition: number; offset: string }): void;
}

type BatchClass = new (topic: string, fetchedOffset: string, data: { lastStableOffset?: string }) => object;

const NO_OFFSET = '-1';
/** Well within the shortest session timeout that brokers allow, 6 s. */
const BEAT_EVERY_MS = 1_000;

replaceModule<{ events: Record<string, string> }>('kafkajs/src/consumer/instrumentationEvents.js', (original) => {
  original.events['POSITION'] = CONSUMER_POSITION;
  original.events['RESET'] = CONSUMER_RESET;
  original.events['TOPICS_GONE'] = CONSUMER_TOPICS_GONE;
  original.events['REJOINING'] = CONSUMER_REJOINING;
  original.events['CONFIRMED'] = CONSUMER_CONFIRMED;
  return original;
});

/**
 * kafkajs goes back to the beginning where the brokers say that its position is out of range, and tells nobody. And it
 * takes a committed position for granted that was committed for an earlier topic of the same name.
 */
replaceModule<typeof OffsetManager>(
  'kafkajs/src/consumer/offsetManager/index.js',
  (Original) =>
    class CheckedOffsetManager extends Original {
      override async setDefaultOffset(at: { topic: string; partition: number }): Promise<void> {
        await super.setDefaultOffset(at);
        this.instrumentationEmitter.emit(CONSUMER_RESET, { ...at, reason: 'out-of-range' });
      }

      override async getCoordinator(): Promise<Coordinator> {
        const coordinator = await super.getCoordinator();
        const offsetFetch = async (request: object): Promise<CommittedOffsets> =>
          this.ofPresentTopics(await coordinator.offsetFetch(request));
        return Object.assign(Object.create(coordinator) as Coordinator, { offsetFetch });
      }

      /** Offsets that were committed for another topic of that name count as never committed. */
      private async ofPresentTopics({ responses }: CommittedOffsets): Promise<CommittedOffsets> {
        const labelled = responses.filter(({ partitions }) =>
          partitions.some(({ metadata }) => metadata?.startsWith(LABEL)),
        );
        if (labelled.length === 0) return { responses };
        const present = await describeTopics(
          this.cluster,
          labelled.map(({ topic }) => topic),
        );
        for (const { topic, partitions } of labelled) {
          const label = offsetLabel(present.get(topic)?.id);
          for (const one of partitions) {
            if (label === null || !one.metadata?.startsWith(LABEL) || one.metadata === label) continue;
            one.offset = NO_OFFSET;
            this.instrumentationEmitter.emit(CONSUMER_RESET, {
              topic,
              partition: one.partition,
              reason: 'of-another-topic',
            });
          }
        }
        return { responses };
      }
    },
);

replaceModule<BatchClass>(
  'kafkajs/src/consumer/batch.js',
  (Original) =>
    class BatchWithEnd extends Original {
      readonly lastStableOffset: string;

      constructor(topic: string, fetchedOffset: string, data: { lastStableOffset?: string }) {
        super(topic, fetchedOffset, data);
        this.lastStableOffset = data.lastStableOffset ?? NO_OFFSET;
      }
    },
);

/**
 * Tells how far each partition has been read, which its last record does not say: behind it may lie control records,
 * records of an aborted transaction, and offsets whose records were compacted away or have expired.
 */
replaceModule<typeof ConsumerGroup>(
  'kafkajs/src/consumer/consumerGroup.js',
  (Original) =>
    class TellingConsumerGroup extends Original {
      private someGone = false;

      override async fetch(nodeId: string): Promise<FetchedBatch[]> {
        const batches = await super.fetch(nodeId);
        // where one partition has records, others may come back empty because the answer was full
        if (batches.every(({ rawMessages }) => rawMessages.length === 0))
          for (const { topic, partition, fetchedOffset, lastStableOffset } of batches)
            this.tell(topic, partition, Math.max(Number(fetchedOffset), Number(lastStableOffset)));
        return batches;
      }

      override resolveOffset(at: { topic: string; partition: number; offset: string }): void {
        super.resolveOffset(at);
        this.tell(at.topic, at.partition, Number(at.offset) + 1);
      }

      override generatePartitionsPerSubscribedTopic(): Map<string, number[]> {
        const partitions = super.generatePartitionsPerSubscribedTopic();
        const topics = [...partitions.keys()].filter((topic) => partitions.get(topic)!.length === 0);
        if (topics.length > 0 || this.someGone) this.instrumentationEmitter.emit(CONSUMER_TOPICS_GONE, { topics });
        this.someGone = topics.length > 0;
        return partitions;
      }

      /** kafkajs has no moment before partitions are given up, in which what is in flight of them could be finished. */
      override async joinAndSync(): Promise<void> {
        const waits: Promise<unknown>[] = [];
        if (this.memberId) this.instrumentationEmitter.emit(CONSUMER_REJOINING, { waits });
        if (waits.length > 0) await this.stayMemberWhile(Promise.all(waits));
        await super.joinAndSync();
      }

      private async stayMemberWhile(work: Promise<unknown>): Promise<void> {
        const { groupId, memberId, generationId: groupGenerationId } = this;
        const beat = setInterval(() => {
          this.coordinator.heartbeat({ groupId, memberId, groupGenerationId }).catch(() => undefined); // it says that the group rebalances, and counts all the same
        }, BEAT_EVERY_MS);
        try {
          await work;
        } finally {
          clearInterval(beat);
        }
      }

      private tell(topic: string, partition: number, next: number): void {
        this.instrumentationEmitter.emit(CONSUMER_POSITION, { topic, partition, next });
      }
    },
);
