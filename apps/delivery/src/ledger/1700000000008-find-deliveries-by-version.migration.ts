import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './partitioned-index.js';

const INDEX = 'deliveries_by_version';

/**
 * What was sent of one version, newest first, and which versions begin with what somebody types: in the order of bytes, so
 * that those lie beside each other. Alerts have no version and cost no entry.
 */
export class FindDeliveriesByVersion1700000000008 implements MigrationInterface {
  readonly transaction = false;

  up(runner: QueryRunner): Promise<void> {
    const on = '(organization_id, version COLLATE "C", event_at, id) WHERE version IS NOT NULL';
    return buildIndex(runner, { name: INDEX, table: 'deliveries', suffix: 'by_version', on });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ${INDEX}`);
  }
}
