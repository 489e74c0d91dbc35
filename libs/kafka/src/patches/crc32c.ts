import { replaceModule } from './replace-module.js';

/** Castagnoli's polynomial, its bits reversed. */
const POLYNOMIAL = 0x82f63b78;
const AT_ONCE = 8;

/** Eight tables, one after the other: what a byte does to the sum when so many bytes come behind it. */
const TABLES = tables();

/**
 * The checksum of a batch of records. kafkajs takes byte by byte what is taken here eight at a time.
 * @see https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4
 */
export function crc32c(bytes: Uint8Array): number {
  let sum = -1;
  let at = 0;
  for (const whole = bytes.length - (bytes.length % AT_ONCE); at < whole; at += AT_ONCE) {
    sum ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    sum =
      TABLES[0x700 | (sum & 0xff)]! ^
      TABLES[0x600 | ((sum >>> 8) & 0xff)]! ^
      TABLES[0x500 | ((sum >>> 16) & 0xff)]! ^
      TABLES[0x400 | (sum >>> 24)]! ^
      TABLES[0x300 | bytes[at + 4]!]! ^
      TABLES[0x200 | bytes[at + 5]!]! ^
      TABLES[0x100 | bytes[at + 6]!]! ^
      TABLES[bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at += 1) sum = TABLES[(sum ^ bytes[at]!) & 0xff]! ^ (sum >>> 8);
  return ~sum >>> 0;
}

function tables(): Int32Array {
  const all = new Int32Array(AT_ONCE * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1;
    all[byte] = sum;
  }
  for (let at = 256; at < all.length; at += 1) {
    const before = all[at - 256]!;
    all[at] = all[before & 0xff]! ^ (before >>> 8);
  }
  return all;
}

replaceModule('kafkajs/src/protocol/recordBatch/crc32C/index.js', () => crc32c);
