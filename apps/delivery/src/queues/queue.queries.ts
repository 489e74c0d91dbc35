import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DeliveredEvent } from '#libs/contracts';
import type { Queue } from '../ledger/queue.js';

/** A delivery that waits in the ledger for the pump. */
export interface QueuedRow {
  id: string;
  event_at: Date;
  event_id: string;
  queue_position: string;
  round: number;
  round_attempts: number;
  test: boolean;
  event: DeliveredEvent;
  /** When it was queued. */
  updated_at: Date;
}

/** What the pump asks of the ledger. */
@Injectable()
export class QueueQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The next ones of an integration, in order, after the given row. */
  next(integrationId: string, queue: Queue, after: QueuedRow | undefined, limit: number): Promise<QueuedRow[]> {
    const from = after
      ? [after.queue_position, after.event_at, after.event_id, after.id]
      : [-1, new Date(-8.64e12), '', '00000000-0000-0000-0000-000000000000'];
    return this.dataSource.query<QueuedRow[]>(
      `SELECT id, event_at, event_id, queue_position, round, round_attempts, test, event, updated_at FROM deliveries
       WHERE integration_id = $1 AND queue = $2 AND (queue_position, event_at, event_id, id) > ($3, $4, $5, $6)
       ORDER BY queue_position, event_at, event_id, id LIMIT $7`,
      [integrationId, queue, ...from, limit],
    );
  }

  /** Every integration with something in the ledger's queues. */
  waiting(): Promise<{ integration_id: string; queue: Queue }[]> {
    return this.dataSource.query(`SELECT DISTINCT integration_id, queue FROM deliveries WHERE queue IS NOT NULL`);
  }
}
