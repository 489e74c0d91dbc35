import type { KafkaConnection } from './connection.js';
import { keepTrying } from './outage.js';
import { ensureTopics, type TopicSpec } from './topics.js';

/**
 * Makes each topic again, with the settings given, when it vanishes: what is sent to a topic that is not there waits for
 * it, and would wait for good. Answers with what ends that.
 */
export function keepTopics(connection: KafkaConnection, specs: readonly TopicSpec[]): () => void {
  let stopped = false;
  const makeAgain = async (spec: TopicSpec): Promise<void> => {
    connection.logger.warn({ topic: spec.name }, 'kafka.topic-vanished');
    try {
      await keepTrying(() => ensureTopics(connection, [spec]), { signal: () => !stopped });
    } catch (error) {
      if (!stopped) connection.logger.error({ topic: spec.name, error }, 'kafka.topic-not-made-again');
    }
  };
  const ends = specs.map((spec) =>
    connection.topics.watch(spec.name, ({ kind }) => {
      if (kind === 'vanished' && !stopped) void makeAgain(spec);
    }),
  );
  return () => {
    stopped = true;
    for (const end of ends) end();
  };
}
