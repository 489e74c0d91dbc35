import { createRequire } from 'node:module';
import { CODECS } from '../codecs.js';
import { crc32c } from './crc32c.js';
import { replaceModule } from './replace-module.js';
import { UndecodableBatch } from '../undecodable-batch.js';

/** kafkajs' reader of bytes, as far as it is of use here. */
interface Bytes {
  buffer: Buffer;
  readInt32(): number;
  canReadBytes(count: number): boolean;
  readBytes(count: number): Buffer;
}

type DecodedRecord = object;
type DecodeBatch = (bytes: Bytes) => Promise<{ records: DecodedRecord[] }>;
type DecodeMessages = (bytes: Bytes) => Promise<(DecodedRecord | UndecodableBatch)[]>;

/** Where what lies in a batch of format v2. @see https://kafka.apache.org/documentation/#recordbatch */
const AT = { length: 8, magic: 16, crc: 17, attributes: 21 };
const HEADER_BYTES = 61;
const FRAME_BYTES = 12;
const MAGIC = 2;
const CODEC_MASK = 0x07;

const require = createRequire(import.meta.url);

replaceModule<DecodeMessages>('kafkajs/src/protocol/requests/fetch/v4/decodeMessages.js', (original) => {
  const decodeBatch = require('kafkajs/src/protocol/recordBatch/v0/decoder') as DecodeBatch;
  const BytesOf = require('kafkajs/src/protocol/decoder') as new (buffer: Buffer) => Bytes;
  return (bytes) => decodeMessages(bytes, original, (batch) => decodeBatch(new BytesOf(batch)));
});

/**
 * Decodes what was fetched of a partition. kafkajs fails as a whole, and for ever, where one batch cannot be decoded: no
 * partition of the consumer gets any further. Here such a batch is handed on as one record that says so.
 */
async function decodeMessages(
  bytes: Bytes,
  original: DecodeMessages,
  decodeBatch: (batch: Buffer) => ReturnType<DecodeBatch>,
): ReturnType<DecodeMessages> {
  const start = bytes as Bytes & { offset: number };
  const from = start.offset;
  const size = bytes.readInt32();
  if (size <= AT.magic || !bytes.canReadBytes(size)) return [];
  const fetched = bytes.readBytes(size);
  if (fetched.readInt8(AT.magic) !== MAGIC) {
    start.offset = from;
    return original(bytes); // of a broker that still has the formats of before 2017
  }
  const records: (DecodedRecord | UndecodableBatch)[] = [];
  for (const batch of wholeBatches(fetched))
    for (const record of await decode(batch, decodeBatch)) records.push(record);
  return records;
}

/** The last one of a fetch may be cut off. */
function* wholeBatches(fetched: Buffer): Generator<Buffer> {
  let at = 0;
  while (fetched.length - at >= HEADER_BYTES) {
    const end = at + FRAME_BYTES + fetched.readInt32BE(at + AT.length);
    if (end - at < HEADER_BYTES || end > fetched.length) return;
    yield fetched.subarray(at, end);
    at = end;
  }
}

async function decode(
  batch: Buffer,
  decodeBatch: (batch: Buffer) => ReturnType<DecodeBatch>,
): Promise<(DecodedRecord | UndecodableBatch)[]> {
  try {
    if (crc32c(batch.subarray(AT.attributes)) !== batch.readUInt32BE(AT.crc)) throw new Error('its checksum is wrong');
    const codec = batch.readInt16BE(AT.attributes) & CODEC_MASK;
    if (codec !== 0 && CODECS[codec] === undefined) throw new Error(`nobody knows codec ${codec}`);
    return (await decodeBatch(batch)).records;
  } catch (error) {
    return [new UndecodableBatch(batch, error as Error)];
  }
}
