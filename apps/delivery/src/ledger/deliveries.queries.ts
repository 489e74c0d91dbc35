import { DataSource } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { DELIVERED_TYPES, type DeliveryStatus, type DeliveredEvent } from '#libs/contracts';
import { ATTEMPT_FIELDS, type AttemptRow } from './attempt-row.js';
import { DELIVERY_FIELDS, type DeliveryRow } from './delivery-row.js';
import {
  listStatement,
  pageOfLooked,
  versionsStatement,
  type DeliveryFilter,
  type DeliveryPosition,
  type LookedRow,
} from './list-statement.js';

export type CountFilter = Pick<DeliveryFilter, 'since' | 'until'> & { integrationId: string; status: DeliveryStatus };

/** So many versions are looked up one by one; of more, the newest deliveries soon have a page. */
const MOST_VERSIONS = 50;
/** So far each stream is followed for a page. */
const DEPTH = 5_000;

/** A page, and where the list goes on: also where less than a page was found so far. */
export interface FoundDeliveries {
  rows: DeliveryRow[];
  next: DeliveryPosition | undefined;
}

/** What the API reads of the ledger. Every query names the organization: nobody sees another's. */
@Injectable()
export class DeliveriesQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first, at most `limit` rows, below `DEPTH`. */
  async list(
    organizationId: string,
    filter: DeliveryFilter,
    limit: number,
    after?: DeliveryPosition,
  ): Promise<FoundDeliveries> {
    const versions = await this.versionsOf(organizationId, filter.version);
    const of = { organizationId, filter, versions, limit: limit + 1, depth: DEPTH, after };
    const { text, values } = listStatement(of);
    return pageOfLooked(await this.dataSource.query<LookedRow[]>(text, values), limit);
  }

  /** Those that begin so; undefined where that is not asked, or they are too many. */
  private async versionsOf(organizationId: string, begin: string | undefined): Promise<string[] | undefined> {
    if (begin === undefined) return undefined;
    const { text, values } = versionsStatement(organizationId, begin, MOST_VERSIONS + 1);
    const rows = await this.dataSource.query<{ version: string }[]>(text, values);
    return rows.length > MOST_VERSIONS ? undefined : rows.map(({ version }) => version);
  }

  async one(organizationId: string, id: string): Promise<(DeliveryRow & { event: DeliveredEvent }) | undefined> {
    const [row] = await this.dataSource.query<(DeliveryRow & { event: DeliveredEvent })[]>(
      `SELECT ${DELIVERY_FIELDS}, d.event FROM deliveries d WHERE d.id = $1 AND d.organization_id = $2`,
      [id, organizationId],
    );
    return row;
  }

  /** Those that a command about the selection changes, which leaves tests out; counts no further than `most`. */
  async count(organizationId: string, filter: CountFilter, most: number): Promise<number> {
    const { text, values } = countStatement(organizationId, filter, most);
    const [{ count }] = await this.dataSource.query<[{ count: number }]>(text, values);
    return count;
  }

  /** Oldest first. */
  attemptsOf({ id, event_at }: Pick<DeliveryRow, 'id' | 'event_at'>): Promise<AttemptRow[]> {
    return this.dataSource.query<AttemptRow[]>(
      `SELECT ${ATTEMPT_FIELDS} FROM attempts a WHERE a.delivery_id = $1 AND a.event_at = $2 ORDER BY a.round, a.number`,
      [id, event_at],
    );
  }
}

/** Reads no more than `most` rows of the integration. */
export function countStatement(
  organizationId: string,
  { integrationId, status, since, until }: CountFilter,
  most: number,
): { text: string; values: unknown[] } {
  const text = `
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM deliveries WHERE organization_id = $1 AND integration_id = $2 AND status = $3 AND event_type = ANY($4) AND NOT test
        AND event_at >= $5 AND event_at < $6 LIMIT $7
    ) counted`;
  const times = [since ?? '-infinity', until ?? 'infinity'];
  return { text, values: [organizationId, integrationId, status, DELIVERED_TYPES, ...times, most] };
}
