import type { ClientBase } from 'pg';

export interface SessionLimits {
  /** Longest that a statement, and a transaction with nothing to do, may take; 0: as long as it takes. */
  timeoutMs: number;
}

/** A session that does not even take its settings is no use. */
const SETTLE_WITHIN_MS = 5_000;

/**
 * Settings that we rely on, set by ourselves for each connection: a server, a database or a role may have others. `pg` reads
 * times and numbers as these styles write them. They are not sent with the connection's first packet, because PgBouncer
 * refuses a connection whose first packet has a setting that it does not know.
 */
const settings = ({ timeoutMs }: SessionLimits): string => `
  SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC'; SET bytea_output = 'hex';
  SET extra_float_digits = 1; SET standard_conforming_strings = on; SET default_transaction_isolation = 'read committed';
  SET lock_timeout = 0; SET statement_timeout = ${timeoutMs}; SET idle_in_transaction_session_timeout = ${timeoutMs};
  SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3`;

/** For a new connection, before anything else is asked over it. @throws the driver's error */
export async function settleSession(client: ClientBase, limits: SessionLimits): Promise<void> {
  await client.query({ text: settings(limits), query_timeout: SETTLE_WITHIN_MS } as { text: string });
}
