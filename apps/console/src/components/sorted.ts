export interface Order {
  key: string;
  descending: boolean;
}

const WORDS = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** A sorted copy, equals as they were; as it is where there is nothing to sort by. */
export function sorted<Row>(rows: Row[], by?: (row: Row) => string | number, descending = false): Row[] {
  if (by === undefined) return rows;
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(by(a), by(b)));
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : WORDS.compare(String(a), String(b));
