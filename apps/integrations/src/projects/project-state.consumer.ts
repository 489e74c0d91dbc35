import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PROJECT_STATE, STATE_COMPLETE_KEY } from '#libs/contracts';
import { KafkaConnection, Publisher, StateReader, deadLetterRecord } from '#libs/kafka';
import { LOGGER, describeError, exitSoon, type Logger } from '#libs/observability';
import { OutboxLifecycle } from '#libs/outbox';
import { KnownProjects } from './known-projects.service.js';

/** Keeps the projects that are known here as `project.state` says. */
@Injectable()
export class ProjectStateReader implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly reader: StateReader;
  private stopping = false;

  constructor(
    projects: KnownProjects,
    connection: KafkaConnection,
    publisher: Publisher,
    private readonly topics: OutboxLifecycle,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.reader = new StateReader({
      connection,
      topic: PROJECT_STATE.topic,
      groupPrefix: 'integrations.project-state',
      completeKey: STATE_COMPLETE_KEY,
      apply: (record) => projects.apply(record),
      onRecreated: () => projects.readAgain(),
      onWhole: () => projects.readWhole(),
      onUnreadable: (record, error) =>
        publisher.publish(PROJECT_STATE.deadLetterTopic, deadLetterRecord(record, error)),
      onFatal: (error) => this.fail(error),
    });
    projects.readFrom(this.reader);
  }

  /** Whether it is read to its end. */
  get ready(): boolean {
    return this.reader.health === 'ready';
  }

  onApplicationBootstrap(): void {
    void this.start();
  }

  onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    return this.reader.stop();
  }

  private async start(): Promise<void> {
    try {
      await this.topics.started();
      if (this.stopping) return;
      await this.reader.start();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    if (this.stopping) return;
    this.logger.error({ error: describeError(error) }, 'project-state.reader-died');
    exitSoon();
  }
}
