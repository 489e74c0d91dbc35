import { MAX_SEND_BYTES, MAX_SEND_RECORDS, recordSize, type OutboundRecord } from '#libs/kafka';

/**
 * Cuts rows, in their order, into pieces that the publisher sends at once. Were there more in a call, it would make several
 * sends of them; the first may be refused and the next one taken, and what a key's rows say would be read in the wrong order.
 */
export function piecesOf<R extends OutboundRecord>(rows: readonly R[]): R[][] {
  const pieces: R[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = recordSize(row);
    const last = pieces.at(-1);
    if (last && last.length < MAX_SEND_RECORDS && bytes + size <= MAX_SEND_BYTES) {
      last.push(row);
      bytes += size;
    } else {
      pieces.push([row]);
      bytes = size;
    }
  }
  return pieces;
}
