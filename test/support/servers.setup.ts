import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from '../../tools/stack/kafka.js';
import { freeBase, portsFrom } from '../../tools/stack/ports.js';
import { startPostgres } from '../../tools/stack/postgres.js';

/** One real PostgreSQL and one real Kafka for all integration tests of a run: TEST_DATABASE_URL, TEST_KAFKA_BROKERS, and where that one keeps its logs, TEST_KAFKA_LOGS. */
export async function setup(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'nitropush-servers-'));
  chmodSync(dataDir, 0o755);
  const ports = portsFrom(await freeBase());
  const say = (): void => undefined;
  const [postgres, kafka] = await Promise.all([
    startPostgres({ dataDir, port: ports.postgres, password: 'test', say }),
    startKafka({ root: process.cwd(), dataDir, port: ports.kafka, controllerPort: ports.kafkaController, say }),
  ]);
  process.env['TEST_DATABASE_URL'] = postgres.url;
  process.env['TEST_KAFKA_BROKERS'] = kafka.brokers;
  process.env['TEST_KAFKA_LOGS'] = join(dataDir, 'kafka');
  return async () => {
    await Promise.all([postgres.stop(), kafka.stop()]);
    rmSync(dataDir, { recursive: true, force: true });
  };
}
