import { STATE_COMPLETE_KEY } from '#libs/contracts';
import { StateReader, type InboundRecord, type KafkaConnection } from '#libs/kafka';

export interface TopicStates<Seen> {
  /** What is on the topic, by key; undefined for a record that cannot be read. */
  seen: Map<string, Seen | undefined>;
  /** Keys whose last record is a tombstone, as far as the topic still has it. */
  deleted: Set<string>;
  /** Whether the record is there that says that the topic is complete. */
  marked: boolean;
}

export interface ReadTopicStatesOptions<Seen> {
  connection: KafkaConnection;
  topic: string;
  groupPrefix: string;
  seen: (record: InboundRecord) => Seen | undefined;
  signal: AbortSignal;
}

const READ_WITHIN_MS = 120_000;

/** Reads a state topic from its beginning to where it ends now. @throws where that takes longer than two minutes, or it is aborted */
export async function readTopicStates<Seen>(options: ReadTopicStatesOptions<Seen>): Promise<TopicStates<Seen>> {
  const { connection, topic, groupPrefix, seen, signal } = options;
  const states: TopicStates<Seen> = { seen: new Map(), deleted: new Set(), marked: false };
  let fail = (_error: Error): void => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  const reader = new StateReader({
    connection,
    topic,
    groupPrefix,
    apply: (record) => {
      const key = record.key ?? '';
      if (key === STATE_COMPLETE_KEY) states.marked = record.value !== null;
      else if (record.value === null) {
        states.seen.delete(key);
        states.deleted.add(key);
      } else {
        states.seen.set(key, seen(record));
        states.deleted.delete(key);
      }
    },
    onUnreadable: () => Promise.resolve(),
    onFatal: fail,
  });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(READ_WITHIN_MS)]);
  limit.addEventListener('abort', () => fail(new Error(`${topic} could not be read whole`, { cause: limit.reason })));
  try {
    await Promise.race([reader.start(), failed]);
    return states;
  } finally {
    await reader.stop();
  }
}
