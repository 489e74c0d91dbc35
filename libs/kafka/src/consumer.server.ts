import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { EachBatchPayload } from 'kafkajs';
import { lastValueFrom } from 'rxjs';
import type { KafkaConnection } from './connection.js';
import type { FailurePolicy } from './failure-policy.js';
import type { Assignment } from './assignment.js';
import { GroupMember, type ConsumerHealth } from './group-member.js';
import type { Moment } from './moment.js';
import { PartitionTable } from './partition-table.js';
import { RecordBatch } from './record-batch.js';

export interface ConsumerServerOptions {
  connection: KafkaConnection;
  /** Ties it to the methods that say `@ConsumeBatches(topic, transportId)`. */
  transportId: symbol;
  groupId: string;
  /** What becomes of a record whose handler failed. */
  failure: FailurePolicy;
  /** Unfinished records at once, of all partitions; beyond it nothing more is fetched. */
  maxInFlight?: number;
  maxInFlightPerPartition?: number;
  sessionTimeoutMs?: number;
  /** Nobody waits for its records: the brokers gather them for up to a second. */
  patient?: boolean;
  /** How long a stop waits for what is in flight. */
  drainMs?: number;
  /** How much is in flight that did not come as a record: a stop waits for it too, before the group is left. */
  alsoInFlight?: () => number;
  /** Begun before partitions may go to another member, which waits for it: what is finished by then is committed for it. */
  beforeRejoin?: () => Promise<void>;
  /** It cannot go on by itself: the process should end and be started again. */
  onFatal: (error: Error) => void;
}

const COMMIT_EVERY_MS = 250;

/**
 * A Kafka server for Nest over kafkajs' eachBatch. It hands a batch over and fetches on: how much is under way at once
 * does not depend on the number of partitions, and a slow record holds up nobody. It commits the lowest unfinished
 * offset, pauses what has too much under way, and keeps what it has across a rebalance.
 */
export class ConsumerServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly table: PartitionTable;
  private member: GroupMember | undefined;
  private timer: NodeJS.Timeout | undefined;
  private committing: Promise<void> | undefined;
  private closing: Promise<void> | undefined;
  private readonly listeners: ((assignment: Assignment) => void)[] = [];
  private readonly confirmedListeners: ((sentAt: Moment) => void)[] = [];
  private assigned: Assignment = new Map();

  constructor(private readonly options: ConsumerServerOptions) {
    super();
    this.transportId = options.transportId;
    this.table = new PartitionTable({
      policy: options.failure,
      logger: options.connection.logger,
      maxInFlight: options.maxInFlight ?? 20_000,
      maxInFlightPerPartition: options.maxInFlightPerPartition ?? 4_000,
      pause: (topic, partition) => this.member?.pause(topic, partition),
      resume: (topic, partition) => this.member?.resume(topic, partition),
    });
  }

  get health(): ConsumerHealth {
    return this.member?.health ?? 'starting';
  }

  /** Topic to partitions, as of the last join. */
  get assignment(): Assignment {
    return this.assigned;
  }

  /** Told after each join, before the first record. */
  onAssignment(listener: (assignment: Assignment) => void): void {
    this.listeners.push(listener);
  }

  /** Told when a heartbeat was sent, once the group has answered it: for the session's time from then on, nobody else has its partitions. */
  onConfirmed(listener: (sentAt: Moment) => void): void {
    this.confirmedListeners.push(listener);
  }

  /** Unfinished records. */
  inFlight(): number {
    return this.table.inFlight;
  }

  listen(callback: () => void): void {
    const { connection, groupId, sessionTimeoutMs = 10_000, patient = false, onFatal } = this.options;
    this.member = new GroupMember({
      connection,
      groupId,
      topics: [...this.messageHandlers.keys()],
      fromBeginning: true,
      sessionTimeoutMs,
      patient,
      autoResolve: true,
      onBatch: (payload) => this.handOff(payload),
      onJoin: (assignment) => this.joined(assignment),
      beforeRejoin: this.options.beforeRejoin && (() => this.handOver()),
      onForget: (topic, partitions) => this.table.forget(topic, partitions),
      onConfirmed: (sentAt) => this.confirmedListeners.forEach((listener) => listener(sentAt)),
      onFatal,
    });
    this.member.start();
    callback();
  }

  /** Begins nothing new, waits for what is under way, commits, leaves the group. */
  close(): Promise<void> {
    return (this.closing ??= this.end());
  }

  private async end(): Promise<void> {
    clearTimeout(this.timer);
    await this.table.drain(this.options.drainMs ?? 15_000, this.options.alsoInFlight);
    await this.commit();
    await this.member?.stop();
  }

  on(): never {
    throw new Error('use health and onAssignment');
  }

  unwrap<T>(): T {
    return this.member as T;
  }

  private async handOff({ batch }: EachBatchPayload): Promise<void> {
    this.commitSoon();
    const taken = this.table.take(batch.topic, batch.partition, batch.messages);
    if (taken === undefined) return;
    try {
      await this.call(this.messageHandlers.get(batch.topic)!, new RecordBatch(taken.work, taken.records));
    } catch (error) {
      this.options.onFatal(error as Error); // a handler that cannot even hand its batch on
    }
  }

  private async call(handler: MessageHandler, batch: RecordBatch): Promise<void> {
    const result: unknown = await handler(batch);
    await lastValueFrom(this.transformToObservable(result), { defaultValue: undefined });
  }

  private joined(assignment: Assignment): void {
    this.assigned = assignment;
    this.table.assign(assignment);
    this.commitSoon();
    for (const listener of this.listeners) listener(assignment);
  }

  private async handOver(): Promise<void> {
    await this.options.beforeRejoin?.();
    await this.commit();
  }

  /** At rest there is no timer: a process has several servers, and each wake costs it more than what there is to do. */
  private commitSoon(): void {
    if (this.closing) return;
    this.timer ??= setTimeout(() => void this.commitAndLook(), COMMIT_EVERY_MS);
  }

  private async commitAndLook(): Promise<void> {
    await this.commit();
    this.timer = undefined;
    if (this.table.inFlight > 0 || this.table.due().length > 0) this.commitSoon();
  }

  private async commit(): Promise<void> {
    await this.committing;
    const due = this.table.due();
    if (due.length === 0) return;
    this.committing = this.sendCommits(due).finally(() => {
      this.committing = undefined;
    });
    await this.committing;
  }

  private async sendCommits(due: ReturnType<PartitionTable['due']>): Promise<void> {
    try {
      await this.member?.commit(
        due.map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset) })),
      );
      for (const { markCommitted } of due) markCommitted();
    } catch (error) {
      // refused while a rebalance is under way, or the brokers are away: the next tick says it again
      this.options.connection.logger.debug(
        { groupId: this.options.groupId, reason: (error as Error).message },
        'kafka.commit-delayed',
      );
    }
  }
}
