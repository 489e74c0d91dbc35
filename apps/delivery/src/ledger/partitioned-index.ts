import type { QueryRunner } from 'typeorm';

/** An index of a partitioned table. */
export interface PartitionedIndex {
  /** Of the whole table. */
  name: string;
  table: string;
  /** Ends the name of each partition's part, after the partition's own. */
  suffix: string;
  /** What is indexed, with what belongs to it: `(a, b) WHERE …`. */
  on: string;
}

/**
 * Builds it partition by partition while the table is written, which no transaction may do: the migration that calls this
 * has `transaction = false`, and one that broke off is begun again.
 */
export async function buildIndex(runner: QueryRunner, index: PartitionedIndex): Promise<void> {
  await runner.query(`CREATE INDEX IF NOT EXISTS ${index.name} ON ONLY ${index.table} ${index.on}`);
  const partitions = (await runner.query(
    `SELECT relname AS name FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = $1::regclass ORDER BY 1`,
    [index.table],
  )) as { name: string }[];
  for (const { name } of partitions) await buildPart(runner, index, name);
}

/** In the partition, and then as a part of the index of them all: that one is used once it has a part in each. */
async function buildPart(runner: QueryRunner, { name, suffix, on }: PartitionedIndex, partition: string) {
  const part = `${partition}_${suffix}`;
  const [left] = (await runner.query(
    'SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass($1)::oid',
    [part],
  )) as { valid: boolean }[];
  if (left && !left.valid) await runner.query(`DROP INDEX CONCURRENTLY ${part}`);
  await runner.query(`CREATE INDEX CONCURRENTLY IF NOT EXISTS ${part} ON ${partition} ${on}`);
  await runner.query(`ALTER INDEX ${name} ATTACH PARTITION ${part}`);
}
