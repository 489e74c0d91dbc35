import { gzipSync } from 'node:zlib';
import lz4js from 'lz4js';
import { compress } from 'snappyjs';
import { describe, expect, it } from 'vitest';
import { CODECS, MAX_DECOMPRESSED_BYTES } from './codecs.js';

const text = Buffer.from('the same words, and the same words, and the same words again. '.repeat(5_000));
const read = async (codec: number, bytes: Uint8Array): Promise<Buffer> =>
  Buffer.from(await CODECS[codec]!().decompress(Buffer.from(bytes)));

/** The framing of snappy-java: a header, then chunks behind their lengths. */
function xerial(...chunks: Buffer[]): Buffer {
  const header = Buffer.from('82534e41505059000000000100000001', 'hex');
  const framed = chunks.flatMap((chunk) => {
    const compressed = Buffer.from(compress(chunk));
    const length = Buffer.alloc(4);
    length.writeInt32BE(compressed.length);
    return [length, compressed];
  });
  return Buffer.concat([header, ...framed]);
}

/** A frame of one block that is not compressed. */
function plainZstd(content: Buffer): Buffer {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32LE(content.length, 5);
  header.writeUIntLE((content.length << 3) | 1, 9, 3);
  return Buffer.concat([header, content]);
}

/** An LZ4 frame with a checksum behind each block, which says nothing here. */
function lz4WithBlockChecksums(content: Buffer): Buffer {
  const frame = Buffer.from(lz4js.compress(content));
  const parts = [frame.subarray(0, 4), Buffer.from([frame[4]! | 0x10]), frame.subarray(5, 7)];
  let at = 7;
  for (let size = frame.readUInt32LE(at); size !== 0; size = frame.readUInt32LE(at)) {
    const end = at + 4 + (size & 0x7fffffff);
    parts.push(frame.subarray(at, end), Buffer.from([1, 2, 3, 4]));
    at = end;
  }
  return Buffer.concat([...parts, frame.subarray(at)]);
}

describe('a codec of the protocol', () => {
  it.each([
    { name: 'gzip', codec: 1, bytes: gzipSync(text) },
    { name: 'snappy as one stream', codec: 2, bytes: compress(text) },
    { name: 'snappy in chunks', codec: 2, bytes: xerial(text.subarray(0, 100_000), text.subarray(100_000)) },
    { name: 'lz4', codec: 3, bytes: lz4js.compress(text) },
    { name: 'lz4 with checksums of its blocks', codec: 3, bytes: lz4WithBlockChecksums(text) },
  ])('reads $name', async ({ codec, bytes }) => {
    expect((await read(codec, bytes)).equals(text)).toBe(true);
  });

  it('reads a zstd frame', async () => {
    const content = text.subarray(0, 1_000);
    expect((await read(4, plainZstd(content))).equals(content)).toBe(true);
  });

  it.each([1, 2, 3, 4])('refuses what is not its own: %i', async (codec) => {
    await expect(read(codec, Buffer.from('nothing of the kind, by no means'))).rejects.toThrow();
    await expect(read(codec, Buffer.alloc(3, 0xff))).rejects.toThrow();
  });

  it('refuses a few bytes that would fill the memory', async () => {
    const bomb = gzipSync(Buffer.alloc(MAX_DECOMPRESSED_BYTES + 1));
    await expect(read(1, bomb)).rejects.toThrow();
    await expect(read(2, Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0]))).rejects.toThrow();
  });
});
