import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IDEMPOTENCY_TABLE_SQL } from '#libs/database';

/** Waiting rows are few and asked for often; what was delivered is neither. */
const OPEN = `('pending', 'retrying', 'dead', 'held')`;

/**
 * A list is read from one index per scope whatever else it is filtered by: status and event type have few values,
 * so a filter that leaves them out reads each combination's newest rows and merges them. No filter reads past rows it drops.
 * Ascending, and read backwards: rows arrive in that order, which fills the pages.
 */
const LIST_SCOPES = [
  ['organization', 'organization_id'],
  ['integration', 'organization_id, integration_id'],
  ['project', 'organization_id, project_id'],
] as const;

/**
 * Deliveries and attempts are partitioned by the time of the event, which every record about a delivery carries:
 * whoever has the delivery's id has the time as well and finds the one partition that it is in.
 */
export class CreateLedger1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createDeliveries(runner);
    await createAttempts(runner);
    await runner.query(`
      CREATE TABLE destinations (
        integration_id uuid PRIMARY KEY,
        organization_id text NOT NULL,
        health text NOT NULL CHECK (health IN ('unknown', 'healthy', 'failing', 'needs_reconnect')),
        drained_credentials_version integer NOT NULL DEFAULT 0,
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX destinations_by_organization ON destinations (organization_id)');
    await runner.query(`
      CREATE TABLE destination_minutes (
        integration_id uuid NOT NULL,
        organization_id text NOT NULL,
        minute timestamptz(0) NOT NULL,
        delivered integer NOT NULL DEFAULT 0,
        failed integer NOT NULL DEFAULT 0,
        dropped integer NOT NULL DEFAULT 0,
        latencies integer[] NOT NULL,
        PRIMARY KEY (organization_id, minute, integration_id)
      ) WITH (fillfactor = 70)`);
    for (const sql of IDEMPOTENCY_TABLE_SQL) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys, destination_minutes, destinations, attempts, deliveries');
  }
}

async function createDeliveries(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE deliveries (
      id uuid NOT NULL,
      event_at timestamptz(3) NOT NULL,
      event_id text NOT NULL,
      event_type text NOT NULL,
      organization_id text NOT NULL,
      integration_id uuid NOT NULL,
      project_id uuid NOT NULL,
      project_name text NOT NULL,
      release_id uuid NOT NULL,
      version text NOT NULL,
      environment text NOT NULL,
      test boolean NOT NULL,
      status text NOT NULL CHECK (status IN ('pending', 'retrying', 'delivered', 'dead', 'held', 'dropped')),
      round integer NOT NULL,
      round_attempts integer NOT NULL,
      attempt_count integer NOT NULL,
      credentials_version integer NOT NULL,
      queue smallint,
      queue_position bigint NOT NULL DEFAULT 0,
      next_attempt_at timestamptz(3),
      last_status_code integer,
      last_error_code text,
      last_error text,
      event json NOT NULL,
      updated_at timestamptz(3) NOT NULL,
      PRIMARY KEY (id, event_at)
    ) PARTITION BY RANGE (event_at)`);
  await runner.query('CREATE TABLE deliveries_other PARTITION OF deliveries DEFAULT');
  for (const [name, scope] of LIST_SCOPES)
    await runner.query(`CREATE INDEX deliveries_by_${name} ON deliveries (${scope}, status, event_type, event_at, id)`);
  await runner.query(
    `CREATE INDEX deliveries_open ON deliveries (integration_id, status, event_at, event_id) INCLUDE (test) WHERE status IN ${OPEN}`,
  );
  await runner.query(
    'CREATE INDEX deliveries_queued ON deliveries (integration_id, queue, queue_position, event_at, event_id, id) WHERE queue IS NOT NULL',
  );
}

async function createAttempts(runner: QueryRunner): Promise<void> {
  await runner.query('CREATE SEQUENCE attempt_seq');
  await runner.query(`
    CREATE TABLE attempts (
      delivery_id uuid NOT NULL,
      event_at timestamptz(3) NOT NULL,
      round integer NOT NULL,
      number integer NOT NULL,
      seq bigint NOT NULL DEFAULT nextval('attempt_seq'),
      organization_id text NOT NULL,
      started_at timestamptz(3) NOT NULL,
      duration_ms integer NOT NULL,
      outcome text NOT NULL CHECK (outcome IN ('delivered', 'failed')),
      permanent boolean NOT NULL,
      status_code integer,
      error_code text,
      error text,
      response_body text,
      PRIMARY KEY (delivery_id, event_at, round, number)
    ) PARTITION BY RANGE (event_at)`);
  await runner.query('CREATE TABLE attempts_other PARTITION OF attempts DEFAULT');
  await runner.query('CREATE INDEX attempts_by_seq ON attempts (organization_id, seq)');
}
