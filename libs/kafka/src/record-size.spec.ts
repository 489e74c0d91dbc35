import { expect, it } from 'vitest';
import { encodeRecord } from './patches/record-encoder.js';
import { sizeOf } from './record-size.js';

it.each(['', 'release', '発行'.repeat(1_000), '🚀'.repeat(50), Buffer.alloc(3_000)])(
  'takes a record for no less than what goes over the wire',
  (value) => {
    const record = { key: '鍵', value, headers: { ce_type: 'release.created', 名: '値'.repeat(20) } };
    const wire = encodeRecord({ ...record, offsetDelta: 399, timestampDelta: 60_000 }).size();
    expect(sizeOf(record)).toBeGreaterThanOrEqual(wire);
    expect(sizeOf(record)).toBeLessThan(wire + 100);
  },
);
