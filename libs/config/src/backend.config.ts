import { KafkaClientSettings } from './kafka.config.js';
import { boolean, duration, httpUrl, integer, databaseUrl } from './parsers.js';
import { Setting } from './setting.js';
import { onThisMachine, withoutTls } from './unsafe.js';

/** What a service with a database and Kafka needs beside that. */
export class BackendSettings extends KafkaClientSettings {
  /** This service's own database. */
  @Setting({ env: 'DATABASE_URL', parse: databaseUrl })
  databaseUrl: string;

  /** Whether a service brings its database up to date when it starts; else it waits until the program `migrate` has. */
  @Setting({ env: 'MIGRATE_ON_START', parse: boolean, default: true })
  migrateOnStart: boolean;

  /** Most connections to the database at once. */
  @Setting({ env: 'DATABASE_POOL', parse: integer(2, 200), default: 12 })
  databasePool: number;

  /** How long a message is kept after it was published, so that it can be sent again (`npm run events -- resend`). */
  @Setting({ env: 'OUTBOX_RETENTION', parse: duration, default: 7 * 86_400_000 })
  outboxRetentionMs: number;

  /** Confirms that states are deleted from the service's state topic although its table looks as if it had never held them. */
  @Setting({ env: 'STATE_TOPIC_MAY_BE_EMPTIED', parse: boolean, default: false })
  stateTopicMayBeEmptied: boolean;

  /** The console's origin, for deep links. */
  @Setting({
    env: 'ADMIN_BASE_URL',
    parse: httpUrl,
    local: 'http://localhost:4000',
    unsafe: (url) => withoutTls(url) ?? onThisMachine(url),
  })
  adminBaseUrl: string;
}
