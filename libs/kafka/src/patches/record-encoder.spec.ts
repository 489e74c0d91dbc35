import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadedModule, originalModule } from './original-module.suite.js';
import { encodeRecord, type RecordToEncode } from './record-encoder.js';

const NAME = 'kafkajs/src/protocol/recordBatch/record/v0/index.js';
const theirs = originalModule<(record: RecordToEncode) => { buffer: Buffer }>(NAME);
const bytes = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.uint8Array().map((array) => Buffer.from(array)),
);
const record = fc.record({
  offsetDelta: fc.nat(100_000),
  timestampDelta: fc.nat(10_000_000),
  key: fc.option(bytes),
  value: fc.option(bytes),
  headers: fc.dictionary(fc.string({ unit: 'binary' }), fc.oneof(bytes, fc.array(bytes, { maxLength: 3 })), {
    maxKeys: 12,
  }),
});

it('writes the very bytes that kafkajs would write', () => {
  fc.assert(
    fc.property(record, (one) => {
      expect(encodeRecord(one).buffer.equals(theirs(one).buffer)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it('stands in its place', () => expect(loadedModule(NAME)).toBe(encodeRecord));
