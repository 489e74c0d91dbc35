import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ATTEMPT_FIELDS, attemptView, type AttemptRow } from '../ledger/attempt-row.js';
import { DELIVERY_FIELDS, deliveryView, type DeliveryRow } from '../ledger/delivery-row.js';
import type { AttemptEvent } from './attempt-event.dto.js';

/** An attempt with its place in the order of all attempts. */
export interface SequencedAttempt {
  seq: bigint;
  organizationId: string;
  event: AttemptEvent;
}

/** Which attempt, as its outcome names it. */
export interface AttemptName {
  deliveryId: string;
  eventTime: string;
  /** The time that the ledger keeps the delivery under, where that is not the event's. */
  recordedAt?: string;
  round: number;
  attempt: number;
}

/** Both tables have columns of the same name: those of the attempt are marked. */
type Row = DeliveryRow & { seq: string; organization_id: string } & {
  [Column in keyof AttemptRow as `a_${Column}`]: AttemptRow[Column];
};

const MARK = 'a_';
const FIELDS = `a.seq, a.organization_id, ${DELIVERY_FIELDS}, ${ATTEMPT_FIELDS.replaceAll(/a\.(\w+)/g, `a.$1 AS ${MARK}$1`)}`;

/** LATERAL with LIMIT 1 keeps it one probe into one partition. */
const DELIVERY_OF_ATTEMPT = `CROSS JOIN LATERAL (SELECT * FROM deliveries WHERE id = a.delivery_id AND event_at = a.event_at LIMIT 1) d`;

@Injectable()
export class StreamQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest attempt's place; 0 where there is none. */
  async lastSeq(organizationId: string): Promise<bigint> {
    const [row] = await this.dataSource.query<{ seq: string }[]>(
      'SELECT seq FROM attempts WHERE organization_id = $1 ORDER BY seq DESC LIMIT 1',
      [organizationId],
    );
    return BigInt(row?.seq ?? 0);
  }

  /** Where a reader that missed more than `limit` attempts goes on: the place before the newest `limit`. */
  async resumeAfter(organizationId: string, after: bigint, limit: number): Promise<bigint> {
    const [row] = await this.dataSource.query<{ seq: string }[]>(
      'SELECT seq FROM attempts WHERE organization_id = $1 AND seq > $2 ORDER BY seq DESC OFFSET $3 LIMIT 1',
      [organizationId, String(after), limit],
    );
    return row ? BigInt(row.seq) : after;
  }

  /** In their order, at most `limit`. */
  async after(organizationId: string, seq: bigint, limit: number): Promise<SequencedAttempt[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT ${FIELDS} FROM (
         SELECT * FROM attempts WHERE organization_id = $1 AND seq > $2 ORDER BY seq LIMIT $3
       ) a ${DELIVERY_OF_ATTEMPT} ORDER BY a.seq`,
      [organizationId, String(seq), limit],
    );
    return rows.map(sequenced);
  }

  /** Those that are named and in the ledger, in their order. */
  async named(names: readonly AttemptName[]): Promise<SequencedAttempt[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT ${FIELDS} FROM unnest($1::uuid[], $2::timestamptz[], $3::int[], $4::int[]) AS u(id, event_at, round, number)
       CROSS JOIN LATERAL (
         SELECT * FROM attempts WHERE delivery_id = u.id AND event_at = u.event_at AND round = u.round AND number = u.number LIMIT 1
       ) a ${DELIVERY_OF_ATTEMPT} ORDER BY a.seq`,
      [
        names.map(({ deliveryId }) => deliveryId),
        names.map(({ eventTime, recordedAt }) => recordedAt ?? eventTime),
        names.map(({ round }) => round),
        names.map(({ attempt }) => attempt),
      ],
    );
    return rows.map(sequenced);
  }
}

function sequenced(row: Row): SequencedAttempt {
  const event = { delivery: deliveryView(row), attempt: attemptView(attemptOf(row)) };
  return { seq: BigInt(row.seq), organizationId: row.organization_id, event };
}

function attemptOf(row: Row): AttemptRow {
  const marked = Object.entries(row).filter(([name]) => name.startsWith(MARK));
  return Object.fromEntries(marked.map(([name, value]) => [name.slice(MARK.length), value])) as unknown as AttemptRow;
}
