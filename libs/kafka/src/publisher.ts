import { Inject, Injectable, Optional } from '@nestjs/common';
import { Coalescer } from '#libs/coalescer';
import { KafkaConnection } from './connection.js';
import { CurrentProducer } from './current-producer.js';
import { TopicMissing } from './patches/missing-topic.js';
import { RecordTooLarge } from './outage.js';
import { MAX_RECORD_BYTES, sizeOf } from './record-size.js';
import { MAX_SEND_BYTES, MAX_SEND_RECORDS, type OutboundRecord } from './outbound-record.js';

/** Bytes of one topic that may wait for the brokers before `publish` itself waits: those of one never hold up another. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;
/** A topic that is not there is created again, and may be gone by the time that it is sent to. */
const MAX_REMAKES = 3;
const ALL_REPLICAS = -1;

/** `KafkaModule.withGaps` */
export const PUBLISH_GAPS = Symbol('PUBLISH_GAPS');

interface Pending {
  record: OutboundRecord;
  bytes: number;
}

/** What waits of one topic. */
interface Outlet {
  queue: Coalescer<Pending, void>;
  bytes: number;
  waiting: (() => void)[];
}

/** Sends records. One send is in flight per topic; all that comes meanwhile goes in the next, so load makes sends larger and not more. */
@Injectable()
export class Publisher {
  private readonly producer: CurrentProducer;
  private readonly outlets = new Map<string, Outlet>();

  constructor(
    private readonly connection: KafkaConnection,
    /** Least time in ms from one send to the next, by topic: for those whose readers can wait. */
    @Optional() @Inject(PUBLISH_GAPS) private readonly gaps: Readonly<Record<string, number>> = {},
  ) {
    this.producer = new CurrentProducer(connection);
  }

  get ready(): boolean {
    return this.producer.connected;
  }

  connect(): Promise<void> {
    return this.producer.connect();
  }

  disconnect(): Promise<void> {
    return this.producer.disconnect();
  }

  /**
   * Resolves when all in-sync replicas have the records. Those of one key stay in order. Waits its turn while 16 MB of
   * the topic wait for the brokers. A topic that vanished is created again where the service made sure of it before.
   * @throws RecordTooLarge for a record over 900 KB; else the broker's error once kafkajs has given up (an outage, see isOutage)
   */
  publish(topic: string, records: OutboundRecord | OutboundRecord[]): Promise<void> {
    const list = Array.isArray(records) ? records : [records];
    const outlet = this.outletOf(topic);
    if (hasRoom(outlet) && outlet.waiting.length === 0) return this.enqueueAll(outlet, list);
    return new Promise((resolve, reject) => {
      outlet.waiting.push(() => void this.enqueueAll(outlet, list).then(resolve, reject));
    });
  }

  private async enqueueAll(outlet: Outlet, records: OutboundRecord[]): Promise<void> {
    await Promise.all(records.map((record) => this.enqueue(outlet, record)));
  }

  private enqueue(outlet: Outlet, record: OutboundRecord): Promise<void> {
    const bytes = sizeOf(record);
    if (bytes > MAX_RECORD_BYTES)
      return Promise.reject(
        new RecordTooLarge(`a record of ${bytes} bytes is larger than the ${MAX_RECORD_BYTES} that the brokers take`),
      );
    outlet.bytes += bytes;
    return outlet.queue.add({ record, bytes });
  }

  private outletOf(topic: string): Outlet {
    let outlet = this.outlets.get(topic);
    if (!outlet) {
      outlet = { queue: this.queueOf(topic), bytes: 0, waiting: [] };
      this.outlets.set(topic, outlet);
    }
    return outlet;
  }

  private queueOf(topic: string): Coalescer<Pending, void> {
    return new Coalescer((batch) => this.send(topic, batch), {
      maxItems: MAX_SEND_RECORDS,
      maxSize: MAX_SEND_BYTES,
      sizeOf: ({ bytes }) => bytes,
      gapMs: this.gaps[topic],
    });
  }

  private async send(topic: string, batch: Pending[]): Promise<void[]> {
    const outlet = this.outletOf(topic);
    try {
      await this.sendOn(topic, batch);
      return batch.map(() => undefined);
    } finally {
      for (const { bytes } of batch) outlet.bytes -= bytes;
      while (hasRoom(outlet) && outlet.waiting.length > 0) outlet.waiting.shift()!();
    }
  }

  private async sendOn(topic: string, batch: Pending[]): Promise<void> {
    const messages = batch.map(({ record }) => record);
    for (let remakes = 0; ; remakes += 1) {
      try {
        return await this.producer.send((producer) => producer.send({ topic, acks: ALL_REPLICAS, messages }));
      } catch (error) {
        const again = error instanceof TopicMissing && remakes < MAX_REMAKES;
        if (!again || !(await this.connection.keeper.remake(topic))) throw error;
      }
    }
  }
}

const hasRoom = ({ bytes }: Outlet): boolean => bytes <= MAX_BUFFERED_BYTES;
