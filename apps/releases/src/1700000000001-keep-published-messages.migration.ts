import type { MigrationInterface, QueryRunner } from 'typeorm';
import { OUTBOX_ARCHIVE_SQL } from '#libs/outbox';

/** Where messages stay that were published, so that they can be sent again, and those that the brokers refuse. */
export class KeepPublishedMessages1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of OUTBOX_ARCHIVE_SQL) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox_set_aside, outbox_published');
    await runner.query('ALTER TABLE outbox DROP COLUMN first_published_at');
  }
}
