import type { EntityManager } from 'typeorm';
import { QUEUE_CHANNEL } from './queue-events.js';

/**
 * Before a statement that changes chosen rows: each is one probe into one partition, but the planner does not know how few
 * they are, and may scan all partitions instead. Holds for the transaction.
 */
export async function probeEachRow(manager: EntityManager): Promise<void> {
  await manager.query('SET LOCAL enable_hashjoin = off');
  await manager.query('SET LOCAL enable_mergejoin = off');
}

/** Notifies every instance, once the transaction commits, that something waits in a queue of the integration. */
export async function notifyQueued(manager: EntityManager, integrationId: string): Promise<void> {
  await manager.query('SELECT pg_notify($1, $2)', [QUEUE_CHANNEL, integrationId]);
}
