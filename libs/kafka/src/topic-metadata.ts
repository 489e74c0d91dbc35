/** A topic as the brokers know it now. */
export interface TopicState {
  /** Another one after the topic was deleted and created again; null where the brokers are too old to say (before 3.1). */
  id: string | null;
  /** 0 where the topic is not there. */
  partitions: number;
}

/** A request and how its answer is read, as kafkajs' connections take them. */
export interface Protocol<T> {
  request: { apiKey: number; apiVersion: number; apiName: string; encode: () => Promise<object> };
  response: { decode: (payload: Buffer) => Promise<object>; parse: (decoded: never) => Promise<T> };
}

export const METADATA = 3;
/** The first version with ids of topics in which a topic may be asked for by its name. */
export const METADATA_VERSION = 12;

const NO_ERROR = 0;
const UNKNOWN_TOPIC = 3;
const NO_ID = '00000000000000000000000000000000';

/**
 * Asks for topics by name. kafkajs ends at version 6, which knows no ids.
 * The header of a flexible version has a byte for tagged fields behind the client's id; so has that of its answer.
 * @see https://kafka.apache.org/protocol#The_Messages_Metadata
 */
export function metadataOf(topics: readonly string[]): Protocol<Map<string, TopicState>> {
  return {
    request: {
      apiKey: METADATA,
      apiVersion: METADATA_VERSION,
      apiName: 'Metadata',
      encode: async () => encoded(topics),
    },
    response: {
      decode: async (payload) => ({ payload }),
      parse: async ({ payload }: { payload: Buffer }) => decodeTopics(payload),
    },
  };
}

/** As much of kafkajs' Encoder as it takes for a request's body. */
function encoded(topics: readonly string[]): { buf: Buffer; buffer: Buffer } {
  const buffer = encodeTopics(topics);
  return { buf: buffer, buffer };
}

function encodeTopics(topics: readonly string[]): Buffer {
  const parts: Buffer[] = [Buffer.from([0]), uvarint(topics.length + 1)];
  for (const topic of topics) {
    const name = Buffer.from(topic);
    parts.push(Buffer.alloc(16), uvarint(name.length + 1), name, Buffer.from([0]));
  }
  parts.push(Buffer.from([0, 0, 0])); // no creation, no operations asked for, no tagged fields
  return Buffer.concat(parts);
}

/** Answers with the topics that the brokers have, or say that they do not have; one of which they know nothing yet is left out. */
export function decodeTopics(payload: Buffer): Map<string, TopicState> {
  const fields = new FlexibleFields(payload);
  fields.tags(); // of the header
  fields.skip(4); // throttle time
  fields.each(() => skipBroker(fields));
  fields.text(); // the cluster's id
  fields.skip(4); // the controller
  const topics = new Map<string, TopicState>();
  fields.each(() => {
    const error = fields.int16();
    const name = fields.text();
    const id = fields.uuid();
    fields.skip(1); // is internal
    let partitions = 0;
    fields.each(() => {
      skipPartition(fields);
      partitions += 1;
    });
    fields.skip(4); // operations
    fields.tags();
    if (name === null) return;
    if (error === UNKNOWN_TOPIC) topics.set(name, { id: null, partitions: 0 });
    else if (error === NO_ERROR && partitions > 0) topics.set(name, { id: id === NO_ID ? null : id, partitions });
  });
  return topics;
}

/** kafkajs' answer, from brokers that do not know the version above: no ids. */
interface OlderAnswer {
  topicMetadata: { topicErrorCode: number; topic: string; partitionMetadata: unknown[] }[];
}

/** The same from a request of kafkajs' own, whose parser fails where any of the topics is not there. */
export function withoutIds(older: Protocol<unknown>): Protocol<Map<string, TopicState>> {
  const parse = async ({ topicMetadata }: OlderAnswer): Promise<Map<string, TopicState>> =>
    new Map(
      topicMetadata
        .filter(({ topicErrorCode }) => topicErrorCode === NO_ERROR || topicErrorCode === UNKNOWN_TOPIC)
        .map(({ topic, partitionMetadata }) => [topic, { id: null, partitions: partitionMetadata.length }]),
    );
  return { request: older.request, response: { decode: older.response.decode, parse } };
}

function skipBroker(fields: FlexibleFields): void {
  fields.skip(4); // id
  fields.text(); // host
  fields.skip(4); // port
  fields.text(); // rack
  fields.tags();
}

function skipPartition(fields: FlexibleFields): void {
  fields.skip(2 + 4 + 4 + 4); // error, index, leader, its epoch
  for (let lists = 3; lists > 0; lists -= 1) fields.each(() => fields.skip(4)); // replicas, in sync, offline
  fields.tags();
}

function uvarint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 0x7f; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
  return Buffer.from([...bytes, left]);
}

/** Reads the fields of a flexible version: lengths are one more than they are, and 0 stands for null. */
class FlexibleFields {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  skip(bytes: number): void {
    this.at += bytes;
  }

  int16(): number {
    this.at += 2;
    return this.bytes.readInt16BE(this.at - 2);
  }

  uuid(): string {
    this.at += 16;
    return this.bytes.toString('hex', this.at - 16, this.at);
  }

  text(): string | null {
    const length = this.uvarint() - 1;
    if (length < 0) return null;
    this.at += length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }

  each(read: () => void): void {
    for (let left = this.uvarint() - 1; left > 0; left -= 1) read();
  }

  tags(): void {
    for (let left = this.uvarint(); left > 0; left -= 1) {
      this.uvarint();
      this.skip(this.uvarint());
    }
  }

  private uvarint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes.readUInt8(this.at);
      this.at += 1;
      value |= (byte & 0x7f) << shift;
      if (byte <= 0x7f) return value;
    }
  }
}
