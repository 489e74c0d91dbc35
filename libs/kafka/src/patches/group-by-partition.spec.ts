import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { murmur2 } from '../partitioner.js';
import { groupByPartition } from './group-by-partition.js';
import { loadedModule, originalModule } from './original-module.suite.js';

const NAME = 'kafkajs/src/producer/groupMessagesPerPartition.js';
const key = fc.oneof(
  fc.uuid(),
  fc.string({ unit: 'binary' }),
  fc.uint8Array().map((array) => Buffer.from(array)),
);

describe('records by partition', () => {
  const partitionMetadata = Array.from({ length: 7 }, (_, partitionId) => ({ partitionId, leader: 0 }));
  const theirs = originalModule<typeof groupByPartition>(NAME);
  const theirPartitioner = originalModule<(hash: (key: Buffer | string) => number) => () => () => number>(
    'kafkajs/src/producer/partitioners/legacy/partitioner.js',
  )(murmur2)();

  it('are those of kafkajs, in the same order', () => {
    const record = fc.record({ partition: fc.option(fc.nat(6)), key, value: fc.nat() });
    fc.assert(
      fc.property(fc.array(record), (messages) => {
        const send = { topic: 't', partitionMetadata, messages, partitioner: theirPartitioner };
        expect(groupByPartition(send)).toEqual(theirs(send));
      }),
    );
  });

  it('without a key go where the partitioner says', () => {
    const messages = [{ key: null }, {}, { key: null, partition: 2 }];
    expect(groupByPartition({ topic: 't', partitionMetadata, messages, partitioner: () => 5 })).toEqual({
      2: [messages[2]],
      5: [messages[0], messages[1]],
    });
  });

  it('are none where nothing is known of the topic', () =>
    expect(
      groupByPartition({ topic: 't', partitionMetadata: [], messages: [{ key: 'a' }], partitioner: () => 0 }),
    ).toEqual({}));

  it('are what kafkajs is given', () => expect(loadedModule(NAME)).toBe(groupByPartition));
});
