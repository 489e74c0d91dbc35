import type { Consumer, ConsumerGroupJoinEvent } from 'kafkajs';
import type { KafkaConnection } from './connection.js';
import type { Moment } from './moment.js';
import {
  CONSUMER_CONFIRMED,
  CONSUMER_POSITION,
  CONSUMER_REJOINING,
  CONSUMER_RESET,
  CONSUMER_TOPICS_GONE,
  type ConfirmedEvent,
  type PositionEvent,
  type RejoiningEvent,
  type ResetEvent,
  type TopicsGoneEvent,
} from './patches/consumer-internals.js';

export interface GroupConsumerOptions {
  connection: KafkaConnection;
  groupId: string;
  sessionTimeoutMs: number;
  /** Whether the brokers may gather records for as long as a fetch waits. */
  patient?: boolean;
  /** Begun before each join but the first: partitions are kept until it resolves. It must not take longer than a rebalance. */
  beforeRejoin?: (() => Promise<void>) | undefined;
  /** Told how far a partition has been read: everything below `next` was, or is not there. */
  onPosition?: (partition: number, next: number) => void;
  /** The group took this for a member of it when a heartbeat came that was sent then. */
  onConfirmed?: (sentAt: Moment) => void;
  /** Most time until more partitions of a topic are noticed; the connection's own where it is left out. */
  metadataMaxAgeMs?: number;
}

/** What a member of a group does when its consumer says so. */
export interface ConsumerEvents {
  onJoined: (partitions: Record<string, number[]>) => void;
  onHeartbeat: () => void;
  onReset: (reset: ResetEvent) => void;
  onTopicsGone: (topics: readonly string[]) => void;
  onCrashed: (consumer: Consumer, error: Error, restart: boolean) => void;
  /** Whether kafkajs may restart it after a crash. */
  mayRestart: () => boolean;
}

const MAX_BYTES_PER_PARTITION = 384 * 1024;
const MAX_BYTES = 4 * 1024 * 1024;
const GATHERED_BYTES = 256 * 1024;

/** A consumer with the settings of our groups, not connected yet. */
export function groupConsumer(options: GroupConsumerOptions, events: ConsumerEvents): Consumer {
  const { connection, groupId, sessionTimeoutMs, patient, metadataMaxAgeMs } = options;
  const consumer = connection.consumer({
    groupId,
    sessionTimeout: sessionTimeoutMs,
    heartbeatInterval: Math.floor(sessionTimeoutMs / 10), // their answers announce a rebalance, which waits for all members
    rebalanceTimeout: 2 * sessionTimeoutMs,
    maxBytesPerPartition: MAX_BYTES_PER_PARTITION,
    maxBytes: MAX_BYTES,
    ...(patient && { minBytes: GATHERED_BYTES }),
    ...(metadataMaxAgeMs === undefined ? {} : { metadataMaxAge: metadataMaxAgeMs }),
    retry: {
      initialRetryTime: 100,
      maxRetryTime: 2_000,
      retries: 10,
      restartOnFailure: async () => events.mayRestart(),
    },
  });
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }: ConsumerGroupJoinEvent) =>
    events.onJoined(payload.memberAssignment),
  );
  consumer.on(consumer.events.HEARTBEAT, events.onHeartbeat);
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => events.onCrashed(consumer, error, restart));
  listenToPatches(consumer, options, events);
  return consumer;
}

function listenToPatches(
  consumer: Consumer,
  { onPosition, onConfirmed, beforeRejoin }: GroupConsumerOptions,
  { onReset, onTopicsGone }: ConsumerEvents,
): void {
  onEvent<ResetEvent>(consumer, CONSUMER_RESET, onReset);
  onEvent<TopicsGoneEvent>(consumer, CONSUMER_TOPICS_GONE, ({ topics }) => onTopicsGone(topics));
  onEvent<PositionEvent>(consumer, CONSUMER_POSITION, ({ partition, next }) => onPosition?.(partition, next));
  onEvent<ConfirmedEvent>(consumer, CONSUMER_CONFIRMED, ({ sentAt }) => onConfirmed?.(sentAt));
  onEvent<RejoiningEvent>(consumer, CONSUMER_REJOINING, ({ waits }) => {
    if (beforeRejoin) waits.push(beforeRejoin());
  });
}

interface Announces<T> {
  on: (event: string, listener: (event: { payload: T }) => void) => void;
}

/** One of the events that kafkajs' types do not know. */
function onEvent<T>(consumer: Consumer, event: string, listener: (payload: T) => void): void {
  (consumer as Consumer & Announces<T>).on(event, ({ payload }) => listener(payload));
}
