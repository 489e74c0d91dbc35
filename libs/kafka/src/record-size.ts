import type { OutboundRecord } from './outbound-record.js';

/** What the brokers take in one record by default is 1 MB, with all that is around it. */
export const MAX_RECORD_BYTES = 900_000;
/** Lengths, offset and time of a record, and the lengths of one header, at most. */
const RECORD_OVERHEAD = 64;
const HEADER_OVERHEAD = 4;

const bytesOf = (value: Buffer | string | null): number =>
  typeof value === 'string' ? Buffer.byteLength(value) : (value?.length ?? 0);

/** What a record takes on the wire, in bytes, and rather too much: a character may be up to three. */
export function sizeOf({ key, value, headers }: OutboundRecord): number {
  let size = RECORD_OVERHEAD + bytesOf(key) + bytesOf(value);
  for (const name in headers) size += HEADER_OVERHEAD + bytesOf(name) + bytesOf(headers[name]!);
  return size;
}
