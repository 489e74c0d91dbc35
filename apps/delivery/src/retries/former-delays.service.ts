import { Inject, Injectable } from '@nestjs/common';
import { retryTopic } from '#libs/contracts';
import { KafkaConnection, topicsBeginning } from '#libs/kafka';
import { LOGGER, type Logger } from '#libs/observability';
import { RetriesServer } from './retries.server.js';
import { RetryLadder } from './retry-ladder.js';

/** What waits on the topics of a ladder of before is handed back when it is due: nothing else reads them. */
@Injectable()
export class FormerDelays {
  constructor(
    private readonly connection: KafkaConnection,
    private readonly ladder: RetryLadder,
    private readonly server: RetriesServer,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** To be called before the server starts. */
  async read(): Promise<void> {
    const current = new Set(this.ladder.steps.map(({ label }) => retryTopic(label)));
    const former = (await topicsBeginning(this.connection, retryTopic(''))).filter((topic) => !current.has(topic));
    if (former.length === 0) return;
    this.server.alsoRead(former);
    this.logger.info({ topics: former }, 'retries.former-delays-read');
  }
}
