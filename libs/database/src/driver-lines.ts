import { AbstractLogger, type LogLevel, type LogMessage } from 'typeorm';
import type { Logger } from '#libs/observability';

/** TypeORM's own lines in our format, for whoever looks into a fault: what they come to is said by who asked. */
export class DriverLines extends AbstractLogger {
  constructor(private readonly logger: Logger) {
    super(['warn', 'migration']);
  }

  protected writeLog(
    _level: LogLevel,
    messages: LogMessage | string | number | (LogMessage | string | number)[],
  ): void {
    for (const message of [messages].flat())
      this.logger.debug(
        { message: String(typeof message === 'object' ? message.message : message) },
        'database.driver-logged',
      );
  }
}
