import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

/** Nest's own lines in our format: its start-up chatter at debug, its warnings and errors as they are. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown): void {
    this.logger.debug({ context, message: String(message) }, 'nest.logged');
  }

  warn(message: unknown, context?: unknown): void {
    this.logger.warn({ context, message: String(message) }, 'nest.warned');
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error(
      { message: message instanceof Error ? message.message : String(message), context: rest.at(-1) },
      'nest.failed',
    );
  }
}
