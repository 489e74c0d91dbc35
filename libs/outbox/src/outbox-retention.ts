import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SETTINGS, type BackendSettings } from '#libs/config';
import { LOGGER, type Logger } from '#libs/observability';
import { Outbox } from './outbox.js';
import { Retention } from './retention.js';

const EVERY_MS = 60_000;
const CHUNK = 1_000;

/** Deletes messages that were published long enough ago. */
@Injectable()
export class OutboxRetention extends Retention {
  constructor(
    dataSource: DataSource,
    @Inject(Outbox) outbox: Pick<Outbox, 'isLeader'>,
    @Inject(SETTINGS) { outboxRetentionMs }: Pick<BackendSettings, 'outboxRetentionMs'>,
    @Inject(LOGGER) logger: Logger,
  ) {
    const deleteChunk = (limit: number): Promise<number> => deletePublished(dataSource, outboxRetentionMs, limit);
    super({ what: 'outbox', everyMs: EVERY_MS, chunk: CHUNK, deleteChunk, outbox, logger });
  }
}

/** By the database's clock, which also wrote the times. */
async function deletePublished(dataSource: DataSource, olderThanMs: number, limit: number): Promise<number> {
  const [row] = await dataSource.query<[{ count: number }]>(
    `WITH old AS (
       SELECT published_at, id FROM outbox_published WHERE published_at < now() - $1 * interval '1 millisecond'
       ORDER BY published_at, id LIMIT $2
     ), gone AS (
       DELETE FROM outbox_published p USING old WHERE p.published_at = old.published_at AND p.id = old.id RETURNING 1
     ) SELECT count(*)::integer AS count FROM gone`,
    [olderThanMs, limit],
  );
  return row.count;
}
