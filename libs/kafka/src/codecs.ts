import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** What a batch may come to: a few KB can be made so that they fill the memory. */
export const MAX_DECOMPRESSED_BYTES = 64 * 1024 * 1024;

interface Codec {
  compress: () => Promise<never>;
  decompress: (bytes: Buffer) => Promise<Uint8Array>;
}

const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

const LZ4_MAGIC = 0x184d2204;
const LZ4_BLOCK_BYTES: Record<number, number> = { 4: 64 << 10, 5: 256 << 10, 6: 1 << 20, 7: 4 << 20 };
const LZ4_FLAGS = { blockChecksum: 0x10, contentSize: 0x08 };
const LZ4_UNCOMPRESSED = 0x80000000;

/** Codecs of the protocol by their number in a batch's attributes. Foreign publishers choose; we ourselves send uncompressed. */
export const CODECS: Record<number, () => Codec> = {
  1: () => reading((bytes) => promisify(gunzip)(bytes, { maxOutputLength: MAX_DECOMPRESSED_BYTES })),
  2: () => reading(snappy),
  3: () => reading(lz4),
  4: () => reading(zstd),
};

const reading = (decompress: Codec['decompress']): Codec => ({
  decompress,
  compress: () => Promise.reject(new Error('records are sent uncompressed')),
});

/** As one stream, or in the chunks of snappy-java, each behind its length. */
async function snappy(bytes: Buffer): Promise<Uint8Array> {
  const { uncompress } = await import('snappyjs');
  if (!bytes.subarray(0, XERIAL.length).equals(XERIAL)) return uncompress(bytes, MAX_DECOMPRESSED_BYTES);
  const chunks: Uint8Array[] = [];
  let left = MAX_DECOMPRESSED_BYTES;
  for (let at = XERIAL_HEADER_BYTES; at < bytes.length;) {
    const length = bytes.readInt32BE(at);
    const chunk = uncompress(bytes.subarray(at + 4, at + 4 + length), left);
    left -= chunk.length;
    chunks.push(chunk);
    at += 4 + length;
  }
  return Buffer.concat(chunks);
}

/** @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md */
async function lz4(bytes: Buffer): Promise<Uint8Array> {
  const { decompressBlock } = (await import('lz4js')).default;
  const { blocks, maxBlockBytes } = lz4Blocks(bytes);
  // a block may refer to those before it, so they lie behind one another
  const output = Buffer.alloc(blocks.reduce((sum, { length, plain }) => sum + (plain ? length : maxBlockBytes), 0));
  let end = 0;
  for (const { at, length, plain } of blocks)
    end = plain ? end + bytes.copy(output, end, at, at + length) : decompressBlock(bytes, output, at, length, end);
  if (!(end <= output.length)) throw new Error('the LZ4 frame is damaged');
  return output.subarray(0, end);
}

interface Lz4Block {
  at: number;
  length: number;
  plain: boolean;
}

function lz4Blocks(bytes: Buffer): { blocks: Lz4Block[]; maxBlockBytes: number } {
  if (bytes.readUInt32LE(0) !== LZ4_MAGIC) throw new Error('not an LZ4 frame');
  const flags = bytes.readUInt8(4);
  const maxBlockBytes = LZ4_BLOCK_BYTES[(bytes.readUInt8(5) >> 4) & 7];
  if (maxBlockBytes === undefined) throw new Error('an LZ4 frame with blocks of no known size');
  const blocks: Lz4Block[] = [];
  let at = flags & LZ4_FLAGS.contentSize ? 15 : 7;
  for (let total = 0; ;) {
    const size = bytes.readUInt32LE(at);
    if (size === 0) return { blocks, maxBlockBytes };
    const plain = size >= LZ4_UNCOMPRESSED;
    const length = plain ? size - LZ4_UNCOMPRESSED : size;
    total += plain ? length : maxBlockBytes;
    if (at + 4 + length > bytes.length || total > MAX_DECOMPRESSED_BYTES) throw new Error('the LZ4 frame is damaged');
    blocks.push({ at: at + 4, length, plain });
    at += 4 + length + (flags & LZ4_FLAGS.blockChecksum ? 4 : 0);
  }
}

async function zstd(bytes: Buffer): Promise<Uint8Array> {
  const { Decompress } = await import('fzstd');
  const chunks: Uint8Array[] = [];
  let total = 0;
  const stream = new Decompress((chunk) => {
    total += chunk.length;
    if (total > MAX_DECOMPRESSED_BYTES) throw new Error(`more than ${MAX_DECOMPRESSED_BYTES} bytes`);
    chunks.push(chunk.slice()); // it is used again for what comes next
  });
  stream.push(bytes, true);
  return Buffer.concat(chunks);
}
