import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeRecord, type RecordToEncode } from './record-encoder.js';

const require = createRequire(import.meta.url);
const path = require.resolve('kafkajs/src/protocol/recordBatch/record/v0/index.js');

/** kafkajs' own, as its file says: what is loaded under its name by now is ours. */
function original(): (record: RecordToEncode) => { buffer: Buffer } {
  const module = { exports: {} as (record: RecordToEncode) => { buffer: Buffer } };
  const wrapped = runInThisContext(`(function (module, require) { ${readFileSync(path, 'utf8')} })`) as (
    module: object,
    require: (id: string) => unknown,
  ) => void;
  wrapped(module, createRequire(path));
  return module.exports;
}

const theirs = original();
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

it('stands in its place', () => expect(require(path)).toBe(encodeRecord));
