import { Injectable, type BeforeApplicationShutdown, type OnApplicationShutdown } from '@nestjs/common';
import { TOPICS, retryTopic, retryTopicOf } from '#libs/contracts';
import { ensureTopics, keepTopics, keepTrying, topicsBeginning } from '#libs/kafka';
import { Readiness } from '#libs/http';
import { Gauge } from '#libs/observability';
import { Partitions } from './ledger/partitions.service.js';
import { Pipeline } from './pipeline.js';

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

/** What must be there before the first record is taken, and the order in which it all ends. */
@Injectable()
export class PipelineLifecycle implements BeforeApplicationShutdown, OnApplicationShutdown {
  private stopped = false;
  private leaveTopics = (): void => undefined;

  constructor(
    private readonly pipeline: Pipeline,
    private readonly partitions: Partitions,
    readiness: Readiness,
  ) {
    const { routing, lateStates, sending, retries, states } = pipeline;
    readiness.add('kafka-access', () => pipeline.parts.connection.accepted());
    readiness.add('integration-state', () => states.health === 'ready');
    readiness.add('consumers', () => [routing, lateStates, sending, retries].every(({ health }) => health === 'ready'));
    this.measure();
  }

  /** Waits for servers that are away: what can be answered without them is answered meanwhile. */
  async prepare(): Promise<void> {
    const { connection, publisher } = this.pipeline.parts;
    await this.pipeline.clock.start();
    await this.untilStopped(() => this.partitions.ensure());
    await this.untilStopped(() => publisher.connect());
    const written = [...WRITTEN, ...this.pipeline.ladder.steps.map(({ label }) => retryTopicOf(label))];
    await this.untilStopped(() => ensureTopics(connection, [...READ, ...written]));
    this.leaveTopics = keepTopics(connection, written);
    await this.untilStopped(() => this.readFormerDelays());
    await this.pipeline.states.start();
    await this.pipeline.listener.start();
  }

  /** What waits on the topics of a ladder of before is handed back when it is due: nothing else reads them. */
  private async readFormerDelays(): Promise<void> {
    const { parts, ladder, retries } = this.pipeline;
    const read = new Set(ladder.steps.map(({ label }) => retryTopic(label)));
    const former = (await topicsBeginning(parts.connection, retryTopic(''))).filter((topic) => !read.has(topic));
    if (former.length === 0) return;
    retries.alsoRead(former);
    parts.logger.info({ topics: former }, 'retries.former-delays-read');
  }

  private untilStopped<T>(work: () => Promise<T>): Promise<T> {
    return keepTrying(work, { signal: () => !this.stopped });
  }

  /** Begun here and not waited for: attempts end while calls of the API are answered. Nest waits when it closes the servers. */
  beforeApplicationShutdown(): void {
    this.stopped = true;
    void this.pipeline.stop();
  }

  /** The Kafka servers have drained by now: what is left holds nothing that anybody waits for. */
  async onApplicationShutdown(): Promise<void> {
    const { attempts, recovery, overdue, clock, lanes, ledger, states, listener, parts } = this.pipeline;
    this.leaveTopics();
    attempts.stop();
    recovery.stop();
    overdue.stop();
    clock.stop();
    lanes.stop();
    ledger.stop();
    await Promise.all([states.stop(), listener.stop(), parts.publisher.disconnect()]);
  }

  private measure(): void {
    const { lanes, ledger, sending, parts } = this.pipeline;
    const gauge = (name: string, help: string, read: () => number): Gauge =>
      new Gauge({
        name,
        help,
        registers: [parts.registry],
        collect() {
          this.set(read());
        },
      });
    gauge('delivery_in_flight', 'Requests taken from Kafka and not yet finished', () => sending.inFlight());
    gauge('delivery_waiting', 'Deliveries that wait in memory for their destination', () => lanes.waiting);
    gauge('delivery_parked_destinations', 'Destinations whose deliveries wait in the ledger', () => lanes.parked);
    gauge('delivery_ledger_backlog', 'Entries that wait to be written to the ledger', () => ledger.backlog);
  }
}
