import { BYTE_ORDER_MARK, csvLine, type Cell } from './csv.js';
import type { DeliveryRow } from './delivery-row.js';
import type { DeliveryFilter, DeliveryPosition } from './list-statement.js';

/** What a row is beside the ledger's own. */
export interface ExportedDestination {
  name: string;
  provider: string;
}

const COLUMNS: Record<string, (row: DeliveryRow, destination: ExportedDestination | undefined) => Cell> = {
  time: ({ event_at }) => event_at.toISOString(),
  status: ({ status }) => status,
  event: ({ event_type }) => event_type,
  project: ({ project_name }) => project_name,
  version: ({ version }) => version,
  environment: ({ environment }) => environment,
  test: ({ test }) => test,
  destination: (_, destination) => destination?.name ?? null,
  provider: (_, destination) => destination?.provider ?? null,
  alert_about: ({ subject }) => subject?.name ?? null,
  attempts: ({ attempt_count }) => attempt_count,
  last_status_code: ({ last_status_code }) => last_status_code,
  last_error_code: ({ last_error_code }) => last_error_code,
  last_error: ({ last_error }) => last_error,
  next_attempt: ({ next_attempt_at }) => next_attempt_at?.toISOString() ?? null,
  updated: ({ updated_at }) => updated_at.toISOString(),
  delivery_id: ({ id }) => id,
  destination_id: ({ integration_id }) => integration_id,
  project_id: ({ project_id }) => project_id,
  release_id: ({ release_id }) => release_id,
  event_id: ({ event_id }) => event_id,
};

/** In one file. */
export const MOST_EXPORTED = 100_000;
/** So many are in memory at once, and read by one statement: none of them takes long, and no transaction stays open. */
const ROWS_AT_ONCE = 1_000;

type PageOf = (
  limit: number,
  after: DeliveryPosition | undefined,
) => Promise<{ rows: readonly DeliveryRow[]; next: DeliveryPosition | undefined }>;
type DestinationOf = (integrationId: string) => ExportedDestination | undefined;

/** The file, a page at a time: the next one is read once the client has taken the one before. */
export async function* exportPieces(
  pageOf: PageOf,
  destinationOf: DestinationOf,
  most = MOST_EXPORTED,
): AsyncGenerator<string> {
  let head = BYTE_ORDER_MARK + csvLine(Object.keys(COLUMNS));
  let left = most;
  for (let after: DeliveryPosition | undefined; ;) {
    const { rows, next } = await pageOf(Math.min(ROWS_AT_ONCE, left), after);
    yield head + rows.map((row) => lineOf(row, destinationOf(row.integration_id))).join('');
    if (!next) return;
    left -= rows.length;
    if (left === 0) return yield cutLine(most);
    head = '';
    after = next;
  }
}

const lineOf = (row: DeliveryRow, destination: ExportedDestination | undefined): string =>
  csvLine(Object.values(COLUMNS).map((cell) => cell(row, destination)));

/** Says in the file that rows are missing: its later readers see only the file. */
const cutLine = (most: number): string =>
  csvLine([`Only the newest ${most.toLocaleString('en')} are listed. Export a shorter time for the older ones.`]);

const day = (time: Date): string => time.toISOString().slice(0, 10);

/** Names the days that it is about, the last one included: `deliveries-2026-11-20-to-2026-11-27.csv`. */
export function exportName({ since, until }: Pick<DeliveryFilter, 'since' | 'until'>, now: Date): string {
  const last = until && until < now ? new Date(until.getTime() - 1) : now;
  return `deliveries-${since ? `${day(since)}-` : ''}to-${day(last)}.csv`;
}
