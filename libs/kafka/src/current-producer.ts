import type { Producer } from 'kafkajs';
import type { KafkaConnection } from './connection.js';
import { TopicMissing } from './patches/missing-topic.js';

interface Line {
  producer: Producer;
  /** Sends that are under way. */
  sends: number;
  retired: boolean;
}

/**
 * The producer that sends go through. One whose send failed for good may be in any state: it gets no further send, and
 * is closed once those of other topics, which may well succeed, have ended.
 */
export class CurrentProducer {
  private line: Line | undefined;
  private opening: Promise<Line> | undefined;

  constructor(private readonly connection: Pick<KafkaConnection, 'producer' | 'logger'>) {}

  get connected(): boolean {
    return this.line !== undefined;
  }

  async connect(): Promise<void> {
    await this.current();
  }

  async disconnect(): Promise<void> {
    if (this.opening) await Promise.allSettled([this.opening]); // a failure goes to the caller that opened it
    const line = this.line;
    this.line = undefined;
    await line?.producer.disconnect();
  }

  async send(work: (producer: Producer) => Promise<unknown>): Promise<void> {
    const line = await this.current();
    line.sends += 1;
    try {
      await work(line.producer);
    } catch (error) {
      if (!isAnswer(error)) this.retire(line);
      throw error;
    } finally {
      line.sends -= 1;
      if (line.retired && line.sends === 0) this.close(line);
    }
  }

  private async current(): Promise<Line> {
    return this.line ?? (this.opening ??= this.open());
  }

  private async open(): Promise<Line> {
    const producer = this.connection.producer();
    try {
      await producer.connect();
      this.line = { producer, sends: 0, retired: false };
      return this.line;
    } finally {
      this.opening = undefined;
    }
  }

  private retire(line: Line): void {
    line.retired = true;
    if (this.line === line) this.line = undefined;
  }

  private close({ producer }: Line): void {
    producer
      .disconnect()
      .catch((error: unknown) => this.connection.logger.debug({ reason: String(error) }, 'kafka.producer-not-closed'));
  }
}

/** The broker's own refusal of what was sent, or that it has no such topic: the way there is fine. */
const isAnswer = (error: unknown): boolean =>
  error instanceof TopicMissing || (error as Error).name === 'KafkaJSProtocolError';
