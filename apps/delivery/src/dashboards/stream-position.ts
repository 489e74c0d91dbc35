import { invalidInput } from '#libs/problems';

const ID = /^(\d{1,18})(\.\d{1,9})?$/;

/**
 * Ids for a stream's events that always grow. An attempt's place in the ledger is its id; one that was committed after
 * its successor has a place that is already behind, and gets the last id with a fraction.
 */
export class StreamPosition {
  private late = 0;

  constructor(public seq: bigint) {}

  next(seq: bigint): string {
    if (seq <= this.seq) return `${this.seq}.${String(++this.late).padStart(6, '0')}`;
    this.seq = seq;
    this.late = 0;
    return String(seq);
  }
}

/** The place that an id of ours speaks of; undefined where there is none. @throws Problem 400 */
export function placeOf(id: string | undefined): bigint | undefined {
  if (id === undefined || id === '') return undefined;
  const place = ID.exec(id)?.[1];
  if (place === undefined) throw invalidInput([{ field: 'lastEventId', message: 'is not an id of this stream' }]);
  return BigInt(place);
}
