import fc from 'fast-check';
import type { KafkaMessage } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { loadedModule, originalModule } from './original-module.suite.js';
import { decodeRecord, type BatchContext, type RecordBytes } from './record-decoder.js';
import { encodeRecord } from './record-encoder.js';
import { ConsumedRecord } from './records.js';

const NAME = 'kafkajs/src/protocol/recordBatch/record/v0/decoder.js';
type Fields = Record<string, unknown>;
const theirs = originalModule<(decoder: RecordBytes, batch: BatchContext) => Fields>(NAME);
const TheirDecoder = originalModule<new (buffer: Buffer) => RecordBytes>('kafkajs/src/protocol/decoder.js');

const FIELDS = ['offset', 'timestamp', 'key', 'value', 'headers', 'attributes', 'magicByte', 'isControlRecord'];
const seen = (record: object): Fields => Object.fromEntries(FIELDS.map((name) => [name, (record as Fields)[name]]));

const textsOf = (message: KafkaMessage): Record<string, string> =>
  new ConsumedRecord('t', 0, message, { held: true }).headers;

const bytes = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
  fc.uint8Array().map((array) => Buffer.from(array)),
);
/** kafkajs takes a name of Object.prototype, as toString, for a header that was there before. */
const headerName = fc.string({ unit: 'binary' }).map((name) => `h${name}`);
const record = fc.record({
  offsetDelta: fc.nat(),
  timestampDelta: fc.integer({ min: -(2 ** 30), max: 2 ** 30 }),
  key: fc.option(bytes),
  value: fc.option(bytes),
  headers: fc.dictionary(headerName, fc.oneof(bytes, fc.array(bytes, { maxLength: 3 })), {
    maxKeys: 12,
  }),
});
const batch = fc.record({
  firstOffset: fc.nat({ max: 2 ** 50 }).map(String),
  firstTimestamp: fc.integer({ min: -1, max: 2 ** 45 }).map(String),
  maxTimestamp: fc.nat({ max: 2 ** 45 }).map(String),
  timestampType: fc.constantFrom(-1, 0, 1),
  magicByte: fc.constant(2),
  isControlBatch: fc.boolean(),
});

/** The bytes of one record after their length, as the decoder gets them. */
function bodyOf(encoded: Buffer): Buffer {
  let at = 0;
  while (encoded[at]! > 0x7f) at += 1;
  return encoded.subarray(at + 1);
}

describe('a record', () => {
  it('is read as kafkajs reads it', () => {
    fc.assert(
      fc.property(record, batch, (one, context) => {
        const body = bodyOf(encodeRecord(one).buffer);
        const original = theirs(new TheirDecoder(body), context);
        const ours = decodeRecord({ buffer: body }, context);
        expect(seen(ours)).toEqual(seen(original));
        expect(textsOf(ours as unknown as KafkaMessage)).toEqual(textsOf(original as unknown as KafkaMessage));
      }),
      { numRuns: 1_000 },
    );
  });

  it('may lie weeks from the first of its batch', () => {
    const far = 6 * 7 * 24 * 3_600_000; // more than 31 bits
    const body = Buffer.from([0, ...zigzag(far), 0, 1, 1, 0]);
    expect(decodeRecord({ buffer: body }, { ...PLAIN, firstTimestamp: '1000' }).timestamp).toBe(String(far + 1_000));
  });

  it('has headers as texts: the last of several, none where there is no value', () => {
    const pair = (name: string, value: Buffer | null): Buffer =>
      Buffer.concat([
        Buffer.from([name.length * 2]),
        Buffer.from(name),
        value === null ? Buffer.from([1]) : Buffer.concat([Buffer.from([value.length * 2]), value]),
      ]);
    const [one, two] = [Buffer.from('1'), Buffer.from('ü')];
    const head = Buffer.from([0, 0, 0, 1, 1, 8]);
    const body = Buffer.concat([head, pair('a', one), pair('a', two), pair('b', two), pair('c', null)]);
    expect(textsOf(decodeRecord({ buffer: body }, PLAIN) as unknown as KafkaMessage)).toEqual({ a: 'ü', b: 'ü' });
  });
});

it('stands in the place of kafkajs’ own', () => expect(loadedModule(NAME)).toBe(decodeRecord));

const PLAIN: BatchContext = {
  firstOffset: '0',
  firstTimestamp: '0',
  maxTimestamp: '0',
  timestampType: 0,
  magicByte: 2,
};

function zigzag(value: number): number[] {
  const digits: number[] = [];
  for (let left = value * 2; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...digits, left];
    digits.push((left % 128) + 128);
  }
}
