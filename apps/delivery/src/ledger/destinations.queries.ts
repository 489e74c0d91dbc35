import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DELIVERY_STATUSES, DELIVERED_TYPES, type DeliveryStatus, type Health } from '#libs/contracts';

/** What waits or has failed now; tests are not counted. */
export interface OpenCounts {
  pending: number;
  retrying: number;
  dead: number;
  held: number;
}

export interface LastDelivery {
  id: string;
  status: DeliveryStatus;
  at: Date;
}

export const noneOpen = (): OpenCounts => ({ pending: 0, retrying: 0, dead: 0, held: 0 });

/** What the ledger says of destinations now. The ids asked for must be the caller's own. */
@Injectable()
export class DestinationsQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Only those with anything open are in the answer. */
  async openCounts(integrationIds: readonly string[]): Promise<Map<string, OpenCounts>> {
    const rows = await this.dataSource.query<{ id: string; status: keyof OpenCounts; count: number }[]>(
      `SELECT integration_id AS id, status, count(*)::float8 AS count FROM deliveries
       WHERE integration_id = ANY($1) AND status IN ('pending', 'retrying', 'dead', 'held') AND NOT test
       GROUP BY integration_id, status`,
      [integrationIds],
    );
    const counts = new Map<string, OpenCounts>();
    for (const { id, status, count } of rows) {
      const ofOne = counts.get(id) ?? noneOpen();
      ofOne[status] = count;
      counts.set(id, ofOne);
    }
    return counts;
  }

  async healthOf(organizationId: string): Promise<Map<string, Health>> {
    const rows = await this.dataSource.query<{ id: string; health: Health }[]>(
      'SELECT integration_id AS id, health FROM destinations WHERE organization_id = $1',
      [organizationId],
    );
    return new Map(rows.map(({ id, health }) => [id, health]));
  }

  /** Those that somebody has to do something about: two probes of an index for each, whatever waits there. */
  async inNeed(organizationId: string, own: readonly { id: string; enabled: boolean }[]): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(IN_NEED, [
      organizationId,
      own.map(({ id }) => id),
      own.map(({ enabled }) => enabled),
    ]);
    return rows.map(({ id }) => id);
  }

  /** One row for each id, in their order. */
  async healthAndLast(
    organizationId: string,
    integrationIds: readonly string[],
  ): Promise<{ id: string; health: Health | null; last: LastDelivery | null }[]> {
    const rows = await this.dataSource.query<
      { id: string; health: Health | null; last_id: string | null; status: DeliveryStatus; updated_at: Date }[]
    >(LAST, [organizationId, integrationIds, DELIVERY_STATUSES, DELIVERED_TYPES]);
    return rows.map(({ id, health, last_id, status, updated_at }) => ({
      id,
      health,
      last: last_id === null ? null : { id: last_id, status, at: updated_at },
    }));
  }
}

const IN_NEED = `
  SELECT u.id FROM unnest($2::uuid[], $3::boolean[]) AS u(id, enabled)
  LEFT JOIN destinations h ON h.integration_id = u.id AND h.organization_id = $1
  WHERE (u.enabled AND h.health IN ('failing', 'needs_reconnect')) OR EXISTS (
    SELECT 1 FROM unnest(ARRAY['dead', 'held']) s(status) CROSS JOIN LATERAL (
      SELECT 1 FROM deliveries WHERE integration_id = u.id AND status = s.status AND NOT test LIMIT 1
    ) d
  )`;

/** As lists do, it asks the index for the newest of each status and event type. */
const LAST = `
  SELECT u.id, h.health, d.id AS last_id, d.status, d.updated_at
  FROM unnest($2::uuid[]) WITH ORDINALITY AS u(id, place)
  LEFT JOIN destinations h ON h.integration_id = u.id AND h.organization_id = $1
  LEFT JOIN LATERAL (
    SELECT k.id, k.event_at FROM unnest($3::text[]) s(status) CROSS JOIN unnest($4::text[]) t(event_type) CROSS JOIN LATERAL (
      SELECT id, event_at FROM deliveries
      WHERE organization_id = $1 AND integration_id = u.id AND status = s.status AND event_type = t.event_type
      ORDER BY event_at DESC, id DESC LIMIT 1
    ) k ORDER BY k.event_at DESC, k.id DESC LIMIT 1
  ) newest ON true
  LEFT JOIN LATERAL (SELECT id, status, updated_at FROM deliveries WHERE id = newest.id AND event_at = newest.event_at LIMIT 1) d ON true
  ORDER BY u.place`;
