import { pino, type DestinationStream, type Logger as Pino } from 'pino';
import { redact } from './redact.js';

/** One wide line a unit of work: the fields first, then the name of what happened (`delivery.attempted`). */
export type Logger = Pick<Pino, 'debug' | 'info' | 'warn' | 'error'>;

const FLUSH_EVERY_MS = 100;

/** A JSON-lines logger to stdout that batches its writes; what is pending is written when the process exits. */
export function createLogger(service: string, level: string, destination?: DestinationStream): Logger {
  const target =
    destination ?? pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: FLUSH_EVERY_MS });
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
      formatters: { level: (label) => ({ level: label }), log: (fields) => redact(fields, describeError) },
    },
    target,
  );
}

/** What a log says of an error: name, code, message and stack, and nothing else that hangs on it (requests, configs, headers). */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const code = (error as { code?: unknown }).code;
  return { name, message, ...(code === undefined ? {} : { code }), stack };
}
