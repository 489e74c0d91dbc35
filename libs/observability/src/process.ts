import { describeError, type Logger } from './logger.js';

const EXIT_AFTER_MS = 200;

/** A service started by a supervisor ends with it: no orphan keeps a port or a lock. Without a supervisor it does nothing. */
export function exitWithParent(stop: () => void = () => process.kill(process.pid, 'SIGTERM')): void {
  if (process.connected) process.once('disconnect', stop);
}

/** Ends the process as failed, once its last lines are written: its supervisor starts it again. */
export function exitSoon(): void {
  setTimeout(() => process.exit(1), EXIT_AFTER_MS);
}

/** A fault that nobody caught leaves the process in an unknown state: say what it was and end, to be started again. */
export function exitOnUncaught(logger: Logger): void {
  const fail = (origin: string, error: unknown): void => {
    logger.error({ origin, error: describeError(error) }, 'process.failed');
    exitSoon();
  };
  process.on('uncaughtException', (error) => fail('uncaught exception', error));
  process.on('unhandledRejection', (reason) => fail('unhandled rejection', reason));
}
