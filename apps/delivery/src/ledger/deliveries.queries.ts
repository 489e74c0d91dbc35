import { DataSource } from 'typeorm';
import { Injectable } from '@nestjs/common';
import {
  DELIVERY_STATUSES,
  DELIVERED_TYPES,
  type DeliveryStatus,
  type DeliveredType,
  type DeliveredEvent,
} from '#libs/contracts';
import { ATTEMPT_FIELDS, DELIVERY_FIELDS, type AttemptRow, type DeliveryRow } from './delivery-view.js';

export interface DeliveryFilter {
  integrationId?: string;
  projectId?: string;
  status?: DeliveryStatus;
  eventType?: DeliveredType;
  /** Inclusive. */
  since?: Date;
  /** Exclusive. */
  until?: Date;
}

export type CountFilter = Pick<DeliveryFilter, 'since' | 'until'> & { integrationId: string; status: DeliveryStatus };

/** Where a page goes on: the last row of the one before. */
export interface DeliveryPosition {
  eventAt: Date;
  id: string;
}

/** What the API reads of the ledger. Every query names the organization: nobody sees another's. */
@Injectable()
export class DeliveriesQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first, at most `limit` rows. */
  list(
    organizationId: string,
    filter: DeliveryFilter,
    limit: number,
    after?: DeliveryPosition,
  ): Promise<DeliveryRow[]> {
    const { text, values } = listStatement(organizationId, filter, limit, after);
    return this.dataSource.query<DeliveryRow[]>(text, values);
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

/**
 * Reads the newest of each status and event type that may be among them, from the index of its scope, and merges those:
 * what a page costs depends neither on how many rows there are nor on how rare those are that match.
 */
export function listStatement(
  organizationId: string,
  filter: DeliveryFilter,
  limit: number,
  after?: DeliveryPosition,
): { text: string; values: unknown[] } {
  const values: unknown[] = [
    organizationId,
    filter.status ? [filter.status] : DELIVERY_STATUSES,
    filter.eventType ? [filter.eventType] : DELIVERED_TYPES,
    limit,
  ];
  const conditions: string[] = [];
  const where = (condition: (parameter: string) => string, value: unknown): void => {
    if (value !== undefined) conditions.push(`AND ${condition(`$${values.push(value)}`)}`);
  };
  where((p) => `integration_id = ${p}`, filter.integrationId);
  where((p) => `project_id = ${p}`, filter.projectId);
  where((p) => `event_at >= ${p}`, filter.since);
  where((p) => `event_at < ${p}`, filter.until);
  where((p) => `event_at <= ${p}`, after?.eventAt);
  where((p) => `(event_at, id) < ($${values.length - 1}, ${p})`, after?.id);
  const text = `
    SELECT ${DELIVERY_FIELDS} FROM (
      SELECT k.id, k.event_at FROM unnest($2::text[]) s(status) CROSS JOIN unnest($3::text[]) t(event_type) CROSS JOIN LATERAL (
        SELECT id, event_at FROM deliveries
        WHERE organization_id = $1 AND status = s.status AND event_type = t.event_type ${conditions.join(' ')}
        ORDER BY event_at DESC, id DESC LIMIT $4
      ) k ORDER BY k.event_at DESC, k.id DESC LIMIT $4
    ) page CROSS JOIN LATERAL (SELECT * FROM deliveries WHERE id = page.id AND event_at = page.event_at LIMIT 1) d
    ORDER BY page.event_at DESC, page.id DESC`;
  return { text, values };
}
