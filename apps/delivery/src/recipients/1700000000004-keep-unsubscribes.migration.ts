import { randomBytes } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who wants no more mails of which integration, and the key that signs the links by which they say so. */
export class KeepUnsubscribes1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE mail_unsubscribes (
      integration_id uuid NOT NULL,
      recipient bytea NOT NULL,
      unsubscribed_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (integration_id, recipient)
    )`);
    await runner.query(`CREATE TABLE mail_link_keys (id smallint PRIMARY KEY CHECK (id = 1), key bytea NOT NULL)`);
    await runner.query(`INSERT INTO mail_link_keys (id, key) VALUES (1, $1)`, [randomBytes(32)]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mail_unsubscribes, mail_link_keys');
  }
}
