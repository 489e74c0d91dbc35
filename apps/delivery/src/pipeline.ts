import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SETTINGS } from '#libs/config';
import { DELIVERY_REQUESTED, INTEGRATION_STATE, RELEASE_EVENTS, STATE_COMPLETE_KEY, retryTopic } from '#libs/contracts';
import { Opener } from '#libs/credentials';
import {
  ConsumerServer,
  DelayServer,
  KafkaConnection,
  Publisher,
  StateReader,
  deadLetterRecord,
  type FailurePolicy,
} from '#libs/kafka';
import { LOGGER, Registry, type Logger } from '#libs/observability';
import { Drain } from './dead-letters/drain.service.js';
import { Overdue, overdueAfterMs } from './dead-letters/overdue.service.js';
import { OverdueQueries } from './dead-letters/overdue.queries.js';
import { Pump } from './dead-letters/pump.service.js';
import { QueueListener } from './dead-letters/queue-listener.service.js';
import { QueueQueries } from './dead-letters/queue.queries.js';
import { RedeliveryQueries } from './dead-letters/redelivery.queries.js';
import { ReturnedLetters } from './dead-letters/returned-letters.service.js';
import { Recovery } from './dead-letters/recovery.service.js';
import type { DeliverySettings } from './delivery.config.js';
import { KnownIntegrations } from './integrations/known-integrations.service.js';
import { LedgerClock } from './ledger/ledger-clock.service.js';
import { Ledger } from './ledger/ledger.service.js';
import type { ProviderAdapter } from './providers/provider.js';
import { PROVIDERS } from './providers/providers.module.js';
import { RETRIES } from './retries/retry.consumer.js';
import { RetryLadder } from './retries/retry-ladder.js';
import { LATE_STATES } from './routing/late-state.consumer.js';
import { ROUTING } from './routing/release-event.consumer.js';
import { Attempts } from './sending/attempts.service.js';
import { SENDING } from './sending/delivery-requested.consumer.js';
import { DestinationHealth } from './sending/destination-health.service.js';
import { FollowUp } from './sending/follow-up.service.js';
import { Handover } from './sending/handover.service.js';
import { Lanes } from './sending/lanes.service.js';
import { OpenCredentials } from './sending/open-credentials.service.js';
import { Ownership } from './sending/ownership.service.js';
import { Sender } from './sending/sender.service.js';

/** What the pipeline is made of. */
@Injectable()
export class PipelineParts {
  @Inject(SETTINGS) readonly settings: DeliverySettings;
  @Inject(LOGGER) readonly logger: Logger;
  @Inject(Registry) readonly registry: Registry;
  @Inject(DataSource) readonly dataSource: DataSource;
  @Inject(KafkaConnection) readonly connection: KafkaConnection;
  @Inject(Publisher) readonly publisher: Publisher;
  @Inject(KnownIntegrations) readonly integrations: KnownIntegrations;
  @Inject(Opener) readonly opener: Opener;
  @Inject(PROVIDERS) readonly providers: ReadonlyMap<string, ProviderAdapter>;
}

/** What cannot be read goes here, by the topic that it came on. */
const DEAD_LETTER_TOPICS: Record<string, string> = {
  [RELEASE_EVENTS.topic]: RELEASE_EVENTS.deadLetterTopic,
  [INTEGRATION_STATE.topic]: INTEGRATION_STATE.deadLetterTopic,
};

/** The parts of the pipeline, put together by hand: the arrows of the picture in docs/ARCHITECTURE.md are the calls in here. */
@Injectable()
export class Pipeline {
  readonly integrations: KnownIntegrations;
  readonly ladder: RetryLadder;
  readonly clock: LedgerClock;
  readonly ledger: Ledger;
  readonly lanes: Lanes;
  readonly health: DestinationHealth;
  readonly states: StateReader;
  readonly routing: ConsumerServer;
  readonly lateStates: ConsumerServer;
  readonly sending: ConsumerServer;
  readonly ownership: Ownership;
  readonly retries: DelayServer;
  readonly attempts: Attempts;
  readonly handover: Handover;
  readonly sender: Sender;
  readonly pump: Pump;
  readonly drain: Drain;
  readonly recovery: Recovery;
  readonly overdue: Overdue;
  readonly letters: ReturnedLetters;
  readonly listener: QueueListener;

  constructor(readonly parts: PipelineParts) {
    const { settings, dataSource, publisher } = parts;
    this.integrations = parts.integrations;
    const queries = new QueueQueries(dataSource);
    this.ladder = new RetryLadder(settings.retryDelays, settings.mailLateRetryDelay);
    this.clock = new LedgerClock(parts);
    this.ledger = new Ledger(dataSource, this.clock.now);
    this.lanes = new Lanes((id) => this.concurrencyOf(id));
    this.health = new DestinationHealth(dataSource, this.integrations, this.clock.now);
    this.states = this.stateReader();
    const failure = this.failurePolicy();
    this.routing = new ConsumerServer({ ...this.consumer('delivery.routing', failure), transportId: ROUTING });
    this.lateStates = new ConsumerServer({
      ...this.consumer('delivery.late-states', failure),
      transportId: LATE_STATES,
    });
    this.sending = new ConsumerServer({
      ...this.consumer('delivery.sending', failure),
      transportId: SENDING,
      maxInFlightPerPartition: 2_000,
      alsoInFlight: () => this.sender.inFlight,
      beforeRejoin: () => this.handover.begin(),
    });
    this.ownership = new Ownership(this.sending, parts.connection.topics);
    this.retries = new DelayServer({
      ...this.consumer('delivery.retries', failure),
      transportId: RETRIES,
      topics: this.ladder.steps.map(({ label }) => retryTopic(label)),
      now: this.clock.now,
    });
    const followUp = new FollowUp(
      this.ledger,
      publisher,
      this.ladder,
      (id) => this.integrations.get(id)?.provider ?? null,
    );
    this.attempts = this.makeAttempts(followUp);
    this.handover = new Handover(this.lanes, this.attempts);
    this.sender = new Sender(this.ledger, this.lanes, this.attempts, followUp, () => this.recovery.done());
    this.pump = this.makePump(queries);
    this.drain = new Drain(queries, this.ledger, parts.logger, this.ownership.has, (id) => this.pump.wake(id));
    this.recovery = this.makeRecovery(queries);
    this.overdue = this.makeOverdue();
    this.letters = this.makeLetters();
    this.listener = new QueueListener(settings.databaseUrl, parts.logger, (id) => this.pump.wake(id));
    this.connect();
  }

  /**
   * Begins nothing new, waits for the attempts in flight, wherever they came from, and leaves the groups: the next owner
   * finds each of them on record.
   */
  async stop(): Promise<void> {
    this.ownership.end();
    this.lanes.keep(this.ownership.has);
    await Promise.all([this.routing, this.lateStates, this.sending, this.retries].map((server) => server.close()));
  }

  private connect(): void {
    this.ownership.onChange(() => this.recovery.begin());
    this.ownership.onChange(() => this.overdue.begin());
    this.ownership.onChange(() => this.handover.end());
    this.lanes.whenParked((id) => this.pump.wake(id));
    this.integrations.onChange((id, next, before) => {
      if (!next || !this.ownership.has(id)) return;
      if (before && next.credentialsVersion !== before.credentialsVersion) this.drain.start(next);
      if (before && next.enabled && !before.enabled) this.pump.wake(id);
    });
  }

  private concurrencyOf(integrationId: string): number {
    const state = this.integrations.get(integrationId);
    return (state && this.parts.providers.get(state.provider)?.concurrency(state)) ?? 1;
  }

  private consumer(
    groupId: string,
    failure: FailurePolicy,
  ): {
    connection: KafkaConnection;
    groupId: string;
    failure: FailurePolicy;
    drainMs: number;
    onFatal: (error: Error) => void;
  } {
    const { connection, settings } = this.parts;
    return { connection, groupId, failure, drainMs: settings.shutdownTimeoutMs, onFatal: this.onFatal };
  }

  private failurePolicy(): FailurePolicy {
    return {
      publisher: this.parts.publisher,
      deadLetterTopic: (topic) => DEAD_LETTER_TOPICS[topic] ?? DELIVERY_REQUESTED.deadLetterTopic,
    };
  }

  private makeAttempts(followUp: FollowUp): Attempts {
    const { opener, providers, logger, registry } = this.parts;
    const { integrations, health, ledger, ladder, clock } = this;
    const onRequeued = (id: string): void => this.pump.wake(id);
    return new Attempts({
      integrations,
      credentials: new OpenCredentials(opener),
      providers,
      health,
      ledger,
      followUp,
      ladder,
      now: clock.now,
      logger,
      registry,
      onRequeued,
    });
  }

  private makePump(queries: QueueQueries): Pump {
    const { sender, lanes, integrations, ownership } = this;
    return new Pump({ queries, sender, lanes, integrations, owns: ownership.has, logger: this.parts.logger });
  }

  private makeRecovery(queries: QueueQueries): Recovery {
    const { health, lanes, pump, drain, integrations, ownership } = this;
    const { logger } = this.parts;
    return new Recovery({ queries, health, lanes, pump, drain, integrations, owns: ownership.has, logger });
  }

  private makeLetters(): ReturnedLetters {
    const { ledger, clock } = this;
    const { dataSource, publisher, logger, registry } = this.parts;
    const queries = new RedeliveryQueries(dataSource);
    return new ReturnedLetters({ ledger, queries, publisher, now: clock.now, logger, registry });
  }

  private makeOverdue(): Overdue {
    const { sender, pump, ownership, sending } = this;
    const { settings, dataSource, logger, registry } = this.parts;
    return new Overdue({
      queries: new OverdueQueries(dataSource),
      sender,
      pump,
      owns: ownership.has,
      ready: () => sending.health === 'ready',
      recovered: () => this.recovery.done(),
      overdueMs: overdueAfterMs(settings.deliveryTimeoutMs),
      logger,
      registry,
    });
  }

  private stateReader(): StateReader {
    const { connection, publisher } = this.parts;
    return new StateReader({
      connection,
      topic: INTEGRATION_STATE.topic,
      groupPrefix: 'delivery.integration-state',
      completeKey: STATE_COMPLETE_KEY,
      apply: (record) => this.integrations.apply(record),
      onRecreated: () => this.integrations.readAgain(),
      onWhole: () => this.integrations.readWhole(),
      onUnreadable: (record, error) =>
        publisher.publish(INTEGRATION_STATE.deadLetterTopic, deadLetterRecord(record, error)),
      onFatal: this.onFatal,
    });
  }

  /** A consumer that cannot go on makes the process end: whoever started it starts it again. */
  private readonly onFatal = (error: Error): void => {
    this.parts.logger.error({ error }, 'kafka.consumer-died');
    setTimeout(() => process.exit(1), 200);
  };
}
