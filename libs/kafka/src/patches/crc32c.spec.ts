import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32c } from './crc32c.js';
import { loadedModule, originalModule } from './original-module.suite.js';

const NAME = 'kafkajs/src/protocol/recordBatch/crc32C/index.js';

it('has the values of RFC 3720', () => {
  const ascending = Uint8Array.from({ length: 32 }, (_, n) => n);
  expect([new Uint8Array(32), new Uint8Array(32).fill(0xff), ascending].map(crc32c)).toEqual([
    0x8a9136aa, 0x62a8ab43, 0x46dd794e,
  ]);
});

it('is the one that kafkajs computes', () => {
  const theirs = originalModule<typeof crc32c>(NAME);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(crc32c(bytes)).toBe(theirs(bytes));
    }),
    { numRuns: 1_000 },
  );
});

it('stands in its place', () => expect(loadedModule(NAME)).toBe(crc32c));
