import { describeError, type Logger } from './logger.js';

/** A service started by a supervisor ends with it: no orphan keeps a port or a lock. Without a supervisor it does nothing. */
export function exitWithParent(stop: () => void = () => process.kill(process.pid, 'SIGTERM')): void {
  if (process.connected) process.once('disconnect', stop);
}

/** A fault that nobody caught leaves the process in an unknown state: say what it was and end, to be started again. */
export function exitOnUncaught(logger: Logger): void {
  const fail = (error: unknown): void => {
    logger.error({ error: describeError(error) }, 'process.failed');
    setTimeout(() => process.exit(1), 200);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
}
