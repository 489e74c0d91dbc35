import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { TOPICS, retryTopicOf } from '#libs/contracts';
import { KafkaConnection, ensureTopics, keepTopics } from '#libs/kafka';
import { RetryLadder } from '../retries/retry-ladder.js';

/** Their owners make them again where they vanish. */
const READ = [TOPICS.releaseEvents, TOPICS.integrationState];
const WRITTEN = [
  TOPICS.releaseEventsDlq,
  TOPICS.integrationStateDlq,
  TOPICS.deliveryRequested,
  TOPICS.deliveryRequestedDlq,
  TOPICS.deliveryDlq,
  TOPICS.deliveryOutcomes,
];

/** The topics that this service needs. */
@Injectable()
export class Topics implements OnApplicationShutdown {
  private leave = (): void => undefined;

  constructor(
    private readonly connection: KafkaConnection,
    private readonly ladder: RetryLadder,
  ) {}

  /** Those that are missing are created; those that are ours again whenever they vanish. */
  async ensure(): Promise<void> {
    const written = [...WRITTEN, ...this.ladder.steps.map(({ label }) => retryTopicOf(label))];
    await ensureTopics(this.connection, [...READ, ...written]);
    this.leave = keepTopics(this.connection, written);
  }

  onApplicationShutdown(): void {
    this.leave();
  }
}
