import { KafkaConnection, TopicReader, type InboundRecord } from '#libs/kafka';

const quiet = (): void => undefined;

/** The test run's Kafka, as the services see it. */
export class TopicFollower {
  readonly connection = new KafkaConnection(
    {
      brokers: process.env['TEST_KAFKA_BROKERS']!.split(','),
      clientId: 'test',
      replicationFactor: 1,
      minInsyncReplicas: 1,
    },
    { debug: quiet, info: quiet, warn: quiet, error: quiet },
  );
  private readonly readers: TopicReader[] = [];

  /** What is and will be on a topic, as it comes. */
  follow(topic: string): InboundRecord[] {
    const records: InboundRecord[] = [];
    const reader = new TopicReader({
      connection: this.connection,
      topic,
      groupPrefix: 'test.follow',
      fromBeginning: true,
      onRecord: (record) => void records.push(record),
      onFatal: (error) => {
        throw error;
      },
    });
    reader.start();
    this.readers.push(reader);
    return records;
  }

  async close(): Promise<void> {
    await Promise.all(this.readers.map((reader) => reader.stop()));
    await this.connection.close();
  }
}
