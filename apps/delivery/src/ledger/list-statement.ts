import {
  DELIVERY_STATUSES,
  DELIVERED_TYPES,
  type DeliveryStatus,
  type DeliveredType,
  type Environment,
} from '#libs/contracts';
import { DELIVERY_FIELDS, type DeliveryRow } from './delivery-row.js';

export interface DeliveryFilter {
  integrationId?: string;
  projectId?: string;
  status?: DeliveryStatus;
  eventType?: DeliveredType;
  environment?: Environment;
  test?: boolean;
  /** What the version begins with. */
  version?: string;
  /** Inclusive. */
  since?: Date;
  /** Exclusive. */
  until?: Date;
}

/** Where a page goes on: the last row that was looked at for the one before. */
export interface DeliveryPosition {
  eventAt: Date;
  id: string;
}

export interface Statement {
  text: string;
  values: unknown[];
}

/** A row that was looked at. */
export interface LookedRow extends DeliveryRow {
  /** It is among those that are asked for; where it is not, it shows how far was looked. */
  matches: boolean | null;
  /** Its stream was followed no further: older rows of it may match. */
  last: boolean;
}

export interface ListOf {
  organizationId: string;
  filter: DeliveryFilter;
  /** The versions that begin with the filter's; undefined where they are too many, so that the newest rows have some of them. */
  versions?: readonly string[];
  /** At most so many rows that match. */
  limit: number;
  /** At most so many rows of each stream are looked at; above `limit`. */
  depth: number;
  after?: DeliveryPosition;
}

/** Each stream is read newest first from one index, so its conditions drop no row. All others are looked at row by row. */
interface Streams {
  /** What there is a stream of each of. */
  of: string;
  where: string[];
  matches: string[];
}

/**
 * Merges the newest rows of several streams. What a page costs depends neither on how many rows there are nor on how rare
 * those are that match: a stream is followed until it has a page of them, and never further than `depth`.
 */
export function listStatement({ organizationId, filter, versions, limit, depth, after }: ListOf): Statement {
  const values: unknown[] = [organizationId, limit, depth];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const { of, where, matches } = versions ? ofVersions(filter, versions, bind) : ofStates(filter, bind);
  if (filter.since) where.push(`event_at >= ${bind(filter.since)}`);
  if (filter.until) where.push(`event_at < ${bind(filter.until)}`);
  if (after) {
    const time = bind(after.eventAt);
    where.push(`event_at <= ${time}`, `(event_at, id) < (${time}, ${bind(after.id)})`);
  }
  const text = `
    SELECT ${DELIVERY_FIELDS}, page.matches, page.last FROM (
      SELECT k.* FROM ${of} CROSS JOIN LATERAL (
        SELECT id, event_at, matches, place = $3 AS last FROM (
          SELECT id, event_at, ${matches.join(' AND ') || 'true'} AS matches, row_number() OVER (ORDER BY event_at DESC, id DESC) AS place FROM (
            SELECT * FROM deliveries WHERE organization_id = $1 AND ${where.join(' AND ')}
            ORDER BY event_at DESC, id DESC LIMIT $3
          ) stream
        ) looked WHERE matches OR place = $3 LIMIT $2
      ) k ORDER BY k.event_at DESC, k.id DESC LIMIT $2
    ) page CROSS JOIN LATERAL (SELECT * FROM deliveries WHERE id = page.id AND event_at = page.event_at LIMIT 1) d
    ORDER BY page.event_at DESC, page.id DESC`;
  return { text, values };
}

type Bind = (value: unknown) => string;

const RARE_CONDITIONS = ['environment', 'test'] as const;

/** One stream of each version. */
function ofVersions(filter: DeliveryFilter, versions: readonly string[], bind: Bind): Streams {
  const matches: string[] = [];
  const also = { integration_id: filter.integrationId, project_id: filter.projectId, event_type: filter.eventType };
  for (const [column, value] of Object.entries({ ...also, status: filter.status }))
    if (value !== undefined) matches.push(`${column} = ${bind(value)}`);
  return {
    of: `unnest(${bind(versions)}::text[]) v(version)`,
    where: ['version IS NOT NULL', 'version COLLATE "C" = v.version'],
    matches: [...matches, ...rare(filter, bind)],
  };
}

/** One stream of each status and event type that may be among them, from the index of the scope. */
function ofStates(filter: DeliveryFilter, bind: Bind): Streams {
  const where = ['status = s.status', 'event_type = t.event_type'];
  if (filter.integrationId !== undefined) where.push(`integration_id = ${bind(filter.integrationId)}`);
  if (filter.projectId !== undefined) where.push(`project_id = ${bind(filter.projectId)}`);
  const statuses = bind(filter.status ? [filter.status] : DELIVERY_STATUSES);
  const types = bind(filter.eventType ? [filter.eventType] : DELIVERED_TYPES);
  const matches = rare(filter, bind);
  if (filter.version !== undefined) matches.push(`starts_with(version, ${bind(filter.version)})`);
  return {
    of: `unnest(${statuses}::text[]) s(status) CROSS JOIN unnest(${types}::text[]) t(event_type)`,
    where,
    matches,
  };
}

/** What no index has: most rows match. */
const rare = (filter: DeliveryFilter, bind: Bind): string[] =>
  RARE_CONDITIONS.flatMap((column) => (filter[column] === undefined ? [] : [`${column} = ${bind(filter[column])}`]));

/** Of the versions of an organization that begin so, the first `most`: one probe for each. */
export const versionsStatement = (organizationId: string, begin: string, most: number): Statement => ({
  text: `
    WITH RECURSIVE known AS (
      (${nextVersion('>= $2')})
      UNION ALL
      SELECT next.version FROM known CROSS JOIN LATERAL (${nextVersion('> known.version')}) next
    ) SELECT version FROM known LIMIT $3`,
  values: [organizationId, begin, most],
});

/** U+10FFFF is behind every character. */
const nextVersion = (from: string): string => `
  SELECT version COLLATE "C" AS version FROM deliveries
  WHERE organization_id = $1 AND version IS NOT NULL AND version COLLATE "C" ${from} AND version COLLATE "C" < $2 || U&'\\+10FFFF'
  ORDER BY version COLLATE "C" LIMIT 1`;

/** What is known of a page, of the rows that its statement with one more than the limit answered. */
export function pageOfLooked<Row extends LookedRow>(
  looked: readonly Row[],
  limit: number,
): { rows: Row[]; next: DeliveryPosition | undefined } {
  const end = looked.findIndex(({ last }) => last);
  const found = (end === -1 ? looked : looked.slice(0, end + 1)).filter(({ matches }) => matches);
  const rows = found.slice(0, limit);
  const goesOn = found.length > limit ? rows.at(-1) : looked[end];
  return { rows, next: goesOn && { eventAt: goesOn.event_at, id: goesOn.id } };
}
