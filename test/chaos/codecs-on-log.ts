import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stack } from '../e2e/support/api.js';

const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
/** The head of a batch of records. @see https://kafka.apache.org/documentation/#recordbatch */
const LENGTH_AT = 8;
const BEFORE_LENGTH_COUNTS = 12;
const ATTRIBUTES_AT = 21;
const CODEC_BITS = 0x07;

/** With what the batches of a topic are compressed that lie on the broker's disk now, each codec once. */
export function codecsOnLog(topic: string): string[] {
  const folder = join(stack().dataDir, 'kafka');
  const partitions = readdirSync(folder).filter((name) => name.replace(/-\d+$/, '') === topic);
  const codecs = partitions.flatMap((partition) =>
    readdirSync(join(folder, partition))
      .filter((file) => file.endsWith('.log'))
      .flatMap((file) => codecsIn(readFileSync(join(folder, partition, file)))),
  );
  return [...new Set(codecs)];
}

function codecsIn(segment: Buffer): string[] {
  const codecs: string[] = [];
  for (let at = 0; at + ATTRIBUTES_AT + 2 <= segment.length;) {
    const length = segment.readInt32BE(at + LENGTH_AT);
    if (length <= 0) break; // room that is reserved
    codecs.push(CODECS[segment.readInt16BE(at + ATTRIBUTES_AT) & CODEC_BITS] ?? 'unknown');
    at += BEFORE_LENGTH_COUNTS + length;
  }
  return codecs;
}
