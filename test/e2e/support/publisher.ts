import '#libs/kafka'; // before the client, parts of which it replaces
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import kafkajs from 'kafkajs';
import { stack, type Api, type Project } from './api.js';

/** What one event of another publisher says otherwise than a plain release would. */
export interface ForeignEvent {
  headers?: Record<string, string>;
  data?: Record<string, unknown>;
  release?: Record<string, unknown>;
}

export interface ForeignRecord {
  key: string | null;
  value: string;
  headers: Record<string, string>;
}

/** A release event as another publisher writes it, in binary mode. */
export function foreignRecord(
  api: Api,
  project: Project,
  version: string,
  { headers = {}, data = {}, release = {} }: ForeignEvent = {},
): ForeignRecord {
  const value = {
    organizationId: api.organizationId,
    project: { id: project.id, name: project.name },
    release: {
      id: randomUUID(),
      version,
      environment: 'prod',
      mandatory: false,
      description: null,
      rolloutPercentage: 100,
      revision: 1,
      ...release,
    },
    previous: null,
    actor: { id: 'ci', name: 'CI' },
    ...data,
  };
  const attributes = {
    ce_specversion: '1.0',
    ce_id: randomUUID(),
    ce_type: 'release.created',
    ce_source: '/elsewhere',
    ce_time: new Date().toISOString(),
    'content-type': 'application/json',
  };
  return { key: project.id, value: JSON.stringify(value), headers: { ...attributes, ...headers } };
}

/** The system's client compresses nothing; another publisher's does. */
kafkajs.CompressionCodecs[kafkajs.CompressionTypes.GZIP] = () => ({
  compress: (records: { buffer: Buffer }) => promisify(gzip)(records.buffer),
  decompress: promisify(gunzip),
});

/** A client that knows nothing of this system. */
export const foreignClient = (): kafkajs.Kafka =>
  new kafkajs.Kafka({ brokers: stack().brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });

/** A release service that is not ours, and publishes on `release.events` with a client of its own. */
export class ForeignPublisher {
  private constructor(private readonly producer: kafkajs.Producer) {}

  static async connect(): Promise<ForeignPublisher> {
    const producer = foreignClient().producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    return new ForeignPublisher(producer);
  }

  /** Answers the event's id. */
  async publish(api: Api, project: Project, version: string, more: ForeignEvent = {}): Promise<string> {
    const record = foreignRecord(api, project, version, more);
    await this.producer.send({ topic: 'release.events', messages: [record] });
    return record.headers['ce_id']!;
  }

  /** One send of records as they are, each where it says. */
  async sendAll(
    records: (ForeignRecord & { partition?: number })[],
    compression?: kafkajs.CompressionTypes,
  ): Promise<void> {
    await this.producer.send({ topic: 'release.events', compression, messages: records });
  }

  /** A record on any topic. */
  async send(
    topic: string,
    record: { key: string | null; value: string; headers?: Record<string, string> },
  ): Promise<void> {
    await this.producer.send({ topic, messages: [record] });
  }

  disconnect(): Promise<void> {
    return this.producer.disconnect();
  }
}
