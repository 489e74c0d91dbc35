import { oneOfTexts, databaseUrl } from './parsers.js';
import { Setting } from './setting.js';

/** What bringing a database up to date needs, and nothing else: no key, no broker. */
export class DatabaseSettings {
  /** The service's own database. */
  @Setting({ env: 'DATABASE_URL', parse: databaseUrl })
  databaseUrl: string;

  /** Least severe line that is logged. */
  @Setting({ env: 'LOG_LEVEL', parse: oneOfTexts(['debug', 'info', 'warn', 'error']), default: 'info' })
  logLevel: string;
}
