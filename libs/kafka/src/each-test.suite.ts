import { afterEach } from 'vitest';
import { KafkaConnection } from './index.js';
import { connect, type TestKafka } from './testing.suite.js';

export type Closing = (() => Promise<void>)[];

export interface KafkaOfEachTest {
  /** A connection to the test run's broker, with a publisher. */
  kafka: () => Promise<TestKafka>;
  /** Called after the test, the last first. */
  closing: Closing;
}

/** What the tests of a file open is closed after each of them. */
export function kafkaOfEachTest(): KafkaOfEachTest {
  const closing: Closing = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });
  const kafka = async (): Promise<TestKafka> => {
    const made = await connect();
    closing.push(made.close);
    return made;
  };
  return { kafka, closing };
}

/** One more connection to the same brokers, and the names of what it logs as warnings; nothing of a new broker's coordinator, which loads. */
export function warningConnection({ connection }: TestKafka): { connection: KafkaConnection; warnings: string[] } {
  const warnings: string[] = [];
  const warn = (_: object, event: string): void => {
    if (event !== 'kafka.consumer-crashed') warnings.push(event);
  };
  return { connection: new KafkaConnection(connection.settings, { ...connection.logger, warn }), warnings };
}
