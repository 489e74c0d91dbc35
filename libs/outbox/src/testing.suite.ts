import { randomUUID } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import kafkajs from 'kafkajs';
import { DataSource } from 'typeorm';
import { KafkaConnection, Publisher, TopicReader, ensureTopics, type InboundRecord } from '#libs/kafka';
import { Registry, createLogger } from '#libs/observability';
import { eventually } from '../../../test/support/eventually.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { OUTBOX_ARCHIVE_SQL, OUTBOX_TABLE_SQL, Outbox, type OutboxMessage } from './index.js';

const quiet = (): void => undefined;
const LOGGER = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/** The test run's own. */
const testBrokers = (): string[] => process.env['TEST_KAFKA_BROKERS']!.split(',');

interface Fault extends Error {
  isOutage: true;
}

/** The test run's brokers, that can be made to refuse what a producer sends. */
export class FaultyConnection extends KafkaConnection {
  /** Asked before each send; an outage where it says so. */
  refuses: (topic: string) => boolean = () => false;
  /** Asked before each send, which begins once this has resolved. */
  delays: (topic: string) => Promise<void> | undefined = () => undefined;

  constructor() {
    super({ brokers: testBrokers(), clientId: 'test', replicationFactor: 1, minInsyncReplicas: 1 }, LOGGER);
  }

  override producer(): ReturnType<KafkaConnection['producer']> {
    const producer = super.producer();
    const send = producer.send.bind(producer);
    producer.send = async (record) => {
      if (this.refuses(record.topic)) throw Object.assign(new Error('away'), { isOutage: true }) as Fault;
      await this.delays(record.topic);
      return send(record);
    };
    return producer;
  }
}

/** One instance of a service: its own outbox and relay on the shared table. */
export interface Instance {
  outbox: Outbox;
  connection: FaultyConnection;
  registry: Registry;
  /** Lines that it has logged. */
  log: { event: string; level: string; lock?: object }[];
  close: () => Promise<void>;
}

/** A way to the database on which a connection can go silent, as when a network drops packets: no end, no error, no data. */
export interface QuietRoute {
  url: string;
  /** Silences the connections that are open; the server notices, the client does not. New ones work. */
  silence: () => void;
  /** Silences them for both: the server sees an open connection on which nothing comes. */
  freeze: () => void;
  close: () => Promise<void>;
}

export async function quietRoute(databaseUrl: string): Promise<QuietRoute> {
  const target = new URL(databaseUrl);
  const pairs: [near: Socket, far: Socket][] = [];
  const unanswered: Socket[] = [];
  let frozen = false;
  const server = createServer((near) => {
    if (frozen) return void unanswered.push(near.on('error', quiet)); // a process that is frozen begins no other session
    const far = connect(Number(target.port), target.hostname);
    pairs.push([near, far]);
    for (const socket of [near, far]) socket.on('error', quiet);
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    silence: () => {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        far.destroy();
      }
    },
    freeze: () => {
      frozen = true;
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
      }
    },
    close: async () => {
      for (const socket of [...pairs.flat(), ...unanswered]) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function follow(connection: KafkaConnection, topic: string, records: InboundRecord[]): TopicReader {
  const reader = new TopicReader({
    connection,
    topic,
    groupPrefix: 'test.outbox',
    fromBeginning: true,
    onRecord: (record) => void records.push(record),
    onFatal: (error) => {
      throw error;
    },
  });
  reader.start();
  return reader;
}

/** Values of messages, in order. */
export const numbers = (count: number, from = 0): string[] => Array.from({ length: count }, (_, n) => String(from + n));

/** A database with an outbox, a topic of events and one of states, and as many instances as a test wants. */
export class OutboxBed {
  /** Beside the service's own connections. */
  readonly kafka = new kafkajs.Kafka({ brokers: testBrokers(), logLevel: kafkajs.logLevel.NOTHING });
  private readonly closing: (() => Promise<void>)[] = [];
  private constructor(
    readonly database: TestDatabase,
    readonly dataSource: DataSource,
    readonly topic: string,
    readonly stateTopic: string,
    /** All that is and will be on both topics, as it comes. */
    readonly records: InboundRecord[],
  ) {}

  static async open(): Promise<OutboxBed> {
    const database = await createTestDatabase('outbox');
    const dataSource = new DataSource({ type: 'postgres', url: database.url, poolSize: 20 });
    await dataSource.initialize();
    for (const sql of [...OUTBOX_TABLE_SQL, ...OUTBOX_ARCHIVE_SQL]) await dataSource.query(sql);
    const connection = new FaultyConnection();
    const topic = `test.outbox.${randomUUID()}`;
    const stateTopic = `${topic}.state`;
    await ensureTopics(connection, [
      { name: topic, partitions: 3, retentionMs: 3_600_000 },
      { name: stateTopic, partitions: 3, compacted: true },
    ]);
    const records: InboundRecord[] = [];
    const bed = new OutboxBed(database, dataSource, topic, stateTopic, records);
    const readers = [topic, stateTopic].map((name) => follow(connection, name, records));
    bed.closing.push(
      async () => void (await Promise.all(readers.map((reader) => reader.stop()))),
      () => connection.close(),
    );
    return bed;
  }

  instance({ databaseUrl = this.database.url, dataSource = this.dataSource } = {}): Instance {
    const connection = new FaultyConnection();
    const publisher = new Publisher(connection);
    const registry = new Registry();
    const log: Instance['log'] = [];
    const logger = createLogger('test', 'info', {
      write: (line) => void log.push(JSON.parse(line) as Instance['log'][number]),
    });
    const outbox = new Outbox(dataSource, publisher, {
      service: 'test',
      databaseUrl,
      connection,
      topics: [
        { name: this.topic, partitions: 3 },
        { name: this.stateTopic, partitions: 3, compacted: true },
      ],
      logger,
      registry,
    });
    outbox.publish();
    let closed: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      await outbox.stop();
      await publisher.disconnect();
      await connection.close();
    };
    const instance = { outbox, connection, registry, log, close: () => (closed ??= close()) };
    this.closing.unshift(instance.close);
    return instance;
  }

  /** An instance that has started. */
  running(): Instance {
    const instance = this.instance();
    instance.outbox.start();
    return instance;
  }

  message(key: string, value: string | null, headers: Record<string, string> = {}): OutboxMessage {
    return { topic: this.topic, key, value, headers };
  }

  state(key: string, value: string | null): OutboxMessage {
    return { topic: this.stateTopic, key, value, headers: {} };
  }

  /** Adds and commits. Answers the ids. */
  add(outbox: Outbox, ...messages: OutboxMessage[]): Promise<string[]> {
    return this.dataSource.transaction((manager) => outbox.add(manager, messages));
  }

  async left(): Promise<number> {
    const rows = await this.dataSource.query<{ count: number }[]>('SELECT count(*)::integer AS count FROM outbox');
    return rows[0]!.count;
  }

  /** Resolves when the outbox is empty. */
  async allGone(): Promise<void> {
    await eventually(async () => {
      const left = await this.left();
      if (left > 0) throw new Error(`${left} messages are left`);
    });
  }

  /** What is on the topic for a key, each value once, in the order in which it came first. */
  firsts(key: string): string[] {
    const values = this.records.filter((record) => record.key === key).map(({ value }) => String(value));
    return [...new Set(values)];
  }

  /** How many wait for a row that another transaction holds. */
  async blocked(): Promise<number> {
    const rows = await this.dataSource.query<unknown[]>(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows.length;
  }

  /** Ends, on the server, the sessions that hold the relay's lock. */
  async endLeader(): Promise<number> {
    const rows = await this.dataSource.query<unknown[]>(
      `SELECT pg_terminate_backend(pid) FROM pg_locks
       WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rows.length;
  }

  async close(): Promise<void> {
    for (const close of this.closing) await close();
    await this.dataSource.destroy();
    await this.database.drop();
  }
}
