import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import { stack, type Api, type Project } from './api.js';

/** What one event of another publisher says otherwise than a plain release would. */
export interface ForeignEvent {
  headers?: Record<string, string>;
  data?: Record<string, unknown>;
  release?: Record<string, unknown>;
}

/** A release service that is not ours, and publishes on `release.events` with a client of its own. */
export class ForeignPublisher {
  private constructor(private readonly producer: kafkajs.Producer) {}

  static async connect(): Promise<ForeignPublisher> {
    const kafka = new kafkajs.Kafka({ brokers: stack().brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
    const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    return new ForeignPublisher(producer);
  }

  /** Answers the event's id. */
  async publish(api: Api, project: Project, version: string, more: ForeignEvent = {}): Promise<string> {
    const id = more.headers?.['ce_id'] ?? randomUUID();
    const data = {
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
        ...more.release,
      },
      previous: null,
      actor: { id: 'ci', name: 'CI' },
      ...more.data,
    };
    const headers = {
      ce_specversion: '1.0',
      ce_id: id,
      ce_type: 'release.created',
      ce_source: '/elsewhere',
      ce_time: new Date().toISOString(),
      'content-type': 'application/json',
      ...more.headers,
    };
    await this.producer.send({
      topic: 'release.events',
      messages: [{ key: project.id, value: JSON.stringify(data), headers }],
    });
    return id;
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
