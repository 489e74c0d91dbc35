import fc from 'fast-check';
import { expect, it } from 'vitest';
import { murmur2 } from './partitioner.js';
import { originalModule } from './patches/original-module.suite.js';

const key = fc.oneof(
  fc.uuid(),
  fc.string({ unit: 'binary' }),
  fc.uint8Array().map((array) => Buffer.from(array)),
);

it('hashes a key as kafkajs does', () => {
  const theirs = originalModule<typeof murmur2>('kafkajs/src/producer/partitioners/default/murmur2.js');
  fc.assert(
    fc.property(key, (one) => {
      expect(murmur2(one)).toBe(theirs(one));
    }),
    { numRuns: 2_000 },
  );
});
