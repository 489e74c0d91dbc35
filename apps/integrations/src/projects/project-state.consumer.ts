import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { PROJECT_STATE, STATE_COMPLETE_KEY } from '#libs/contracts';
import type { Readiness } from '#libs/http';
import { StateReader, deadLetterRecord, type KafkaConnection, type Publisher } from '#libs/kafka';
import { describeError, type Logger } from '#libs/observability';
import type { KnownProjects } from './known-projects.service.js';

export interface ProjectStateReaderOptions {
  projects: KnownProjects;
  connection: KafkaConnection;
  publisher: Publisher;
  /** Resolves when the topic exists. */
  topicsReady: () => Promise<void>;
  readiness: Readiness;
  logger: Logger;
}

/** Keeps the projects that are known here as `project.state` says. */
export class ProjectStateReader implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly reader: StateReader;
  private stopping = false;

  constructor(private readonly options: ProjectStateReaderOptions) {
    const { projects, connection, publisher, readiness } = options;
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
    // the alarm: where it cannot be read to its end, new projects are unknown here; calls are taken all the same
    readiness.add('project-state', () => this.reader.health === 'ready');
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
      await this.options.topicsReady();
      if (this.stopping) return;
      await this.reader.start();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    if (this.stopping) return;
    this.options.logger.error({ error: describeError(error) }, 'project-state.reader-died');
    setTimeout(() => process.exit(1), 200);
  }
}
