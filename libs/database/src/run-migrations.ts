import { DatabaseSettings, SettingsError, loadSettings } from '#libs/config';
import { createLogger, describeError } from '#libs/observability';
import type { DatabaseOptions } from './data-source-options.js';
import { migrate } from './migrate.js';

/** The program `migrate` of a service: brings its database up to date and ends, with 0 where that is done and 1 where it failed. */
export async function runMigrations(service: string, migrations: DatabaseOptions['migrations']): Promise<void> {
  try {
    const { databaseUrl, logLevel } = loadSettings(DatabaseSettings);
    const logger = createLogger(service, logLevel);
    try {
      await migrate({ url: databaseUrl, service, migrations, logger });
      logger.info({}, 'database.up-to-date');
    } catch (error) {
      logger.error({ error: describeError(error) }, 'database.not-migrated');
      process.exitCode = 1;
    }
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    for (const line of error.lines) process.stderr.write(`${service}: ${line}\n`);
    process.exitCode = 1;
  }
}
