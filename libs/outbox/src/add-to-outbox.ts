import type { EntityManager } from 'typeorm';
import type { OutboxMessage } from './outbox-table.js';

/** Adds messages in the caller's transaction; whichever instance publishes sends them. Answers their ids. */
export async function addToOutbox(manager: EntityManager, messages: OutboxMessage[]): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `INSERT INTO outbox (topic, key, value, headers)
     SELECT topic, key, value, headers FROM json_to_recordset($1::json) AS m(topic text, key text, value text, headers json) RETURNING id`,
    [JSON.stringify(messages)],
  );
  return rows.map(({ id }) => id);
}

/** How many of these messages have not left: they wait, or were set aside. */
export async function leftInOutbox(manager: Pick<EntityManager, 'query'>, ids: string[]): Promise<number> {
  const [row] = await manager.query<[{ count: number }]>(
    `SELECT ((SELECT count(*) FROM outbox WHERE id = ANY($1::bigint[]))
       + (SELECT count(*) FROM outbox_set_aside WHERE id = ANY($1::bigint[])))::integer AS count`,
    [ids],
  );
  return row.count;
}
