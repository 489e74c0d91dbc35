import { replaceModule } from './replace-module.js';

/** What kafkajs gives its decoder of a record: the bytes after the record's length. */
export interface RecordBytes {
  buffer: Buffer;
}

/** What all records of a batch share; kafkajs has more of it. */
export interface BatchContext {
  firstOffset: string;
  firstTimestamp: string;
  maxTimestamp: string;
  timestampType: number;
  magicByte: number;
  isControlBatch?: boolean;
}

type HeaderValue = Buffer | null | (Buffer | null)[];

const LOG_APPEND_TIME = 1;

/**
 * Decodes a record (format v2) no further than is asked for. kafkajs makes an object of the headers anew for each of
 * them, and BigInts of offset and time.
 * @see https://kafka.apache.org/documentation/#record
 */
export function decodeRecord({ buffer }: RecordBytes, batch: BatchContext): FetchedRecord {
  return new FetchedRecord(buffer, batch);
}

/** Reads variable-length numbers and what they are the length of. */
class Reader {
  constructor(
    private readonly bytes: Buffer,
    public at = 0,
  ) {}

  /** Zigzag; exact as far as a number is: 53 bits. */
  varint(): number {
    let value = 0;
    let weight = 1;
    let byte: number;
    do {
      byte = this.bytes[this.at]!;
      this.at += 1;
      value += (byte & 0x7f) * weight;
      weight *= 128;
    } while (byte > 0x7f);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** null where the length says so. */
  slice(): Buffer | null {
    const length = this.varint();
    if (length < 0) return null;
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text(): string | null {
    const length = this.varint();
    if (length < 0) return null;
    this.at += length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }
}

/** A record as kafkajs hands it out. It keeps its bytes, and reads of them what is asked for. */
export class FetchedRecord {
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly timestamp: string;
  private readonly headersAt: number;

  constructor(
    private readonly bytes: Buffer,
    readonly batchContext: BatchContext,
  ) {
    const reader = new Reader(bytes, 1); // the first byte holds attributes, none of which is in use
    const { timestampType, maxTimestamp, firstTimestamp, firstOffset } = batchContext;
    const time = Number(firstTimestamp) + reader.varint();
    this.timestamp = timestampType === LOG_APPEND_TIME ? maxTimestamp : String(time);
    this.offset = String(Number(firstOffset) + reader.varint());
    this.key = reader.slice();
    this.value = reader.slice();
    this.headersAt = reader.at;
  }

  get attributes(): number {
    return this.bytes.readInt8(0);
  }

  get magicByte(): number {
    return this.batchContext.magicByte;
  }

  get isControlRecord(): boolean {
    return this.batchContext.isControlBatch ?? false;
  }

  /** A header that is there several times has a list of values. */
  get headers(): Record<string, HeaderValue> {
    const headers = new Map<string, HeaderValue>();
    const reader = new Reader(this.bytes, this.headersAt);
    for (let left = reader.varint(); left > 0; left -= 1) {
      const name = reader.text()!;
      const value = reader.slice();
      const before = headers.get(name);
      if (before === undefined) headers.set(name, value);
      else headers.set(name, Array.isArray(before) ? [...before, value] : [before, value]);
    }
    return Object.fromEntries(headers);
  }

  /** The headers as texts: of one that is there several times the last one counts, one without a value is none. */
  get texts(): Record<string, string> {
    const texts: Record<string, string> = {};
    const reader = new Reader(this.bytes, this.headersAt);
    for (let left = reader.varint(); left > 0; left -= 1) {
      const name = reader.text()!;
      const value = reader.text();
      if (value !== null) texts[name] = value;
    }
    return texts;
  }
}

replaceModule('kafkajs/src/protocol/recordBatch/record/v0/decoder.js', () => decodeRecord);
