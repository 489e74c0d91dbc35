import { pino, type DestinationStream, type Logger as Pino } from 'pino';
import { LogOutput, standardOutput } from './log-output.js';
import { redact } from './redact.js';

/** One wide line a unit of work: the fields first, then the name of what happened (`delivery.attempted`). */
export type Logger = Pick<Pino, 'debug' | 'info' | 'warn' | 'error'>;

/** A JSON-lines logger; to standard output it batches its writes, never waits for a reader, and says when it dropped lines. */
export function createLogger(
  service: string,
  level: string,
  destination: DestinationStream = standardOutput(),
): Logger {
  const logger = pinoTo(destination, service, level);
  if (destination instanceof LogOutput)
    destination.onPassesAgain = (lines) => logger.warn({ lines }, 'log.lines-dropped');
  return logger;
}

function pinoTo(destination: DestinationStream, service: string, level: string): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
      formatters: { level: (label) => ({ level: label }), log: (fields) => redact(fields, describeError) },
    },
    destination,
  );
}

/** What a log says of an error: name, code, message and stack, and nothing else that hangs on it (requests, configs, headers). */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const code = (error as { code?: unknown }).code;
  return { name, message, ...(code === undefined ? {} : { code }), stack };
}
