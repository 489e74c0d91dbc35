interface DriverError {
  code?: unknown;
  message?: unknown;
  driverError?: unknown;
}

/** The network between two hosts. */
const NETWORK = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

/**
 * SQLSTATEs that pass by themselves: class 08 connection failures, 53 no room (connections, memory, disk), 57P0x and 58 the
 * server stopping, starting or failing; 25006 a standby, as after a failover, that takes no writes; 25P03 and 57014 a
 * transaction or statement that took too long; 55P03 a lock that was not to be had.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const SQLSTATES = /^(08...|53...|57P0[1-5]|58...|25006|25P0[34]|57014|55P03)$/;
/**
 * What `pg`, its pool and TypeORM say without a code. A transaction of TypeORM's whose connection was lost between two
 * statements finds it released: the next statement was not sent, and the server has rolled back what came before it.
 */
const MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|not queryable|Driver not Connected|^Query runner already released|query runner was already released/i;

/** The statement may have been carried out: only its answer is known to be lost. */
const BROKEN_OFF = /^(ECONNRESET|EPIPE|ETIMEDOUT|08003|08006|57P0[125])$/;
const BROKEN_OFF_MESSAGES = /Connection terminated|Query read timeout|encountered a connection error/i;

const isNetworkAway = (code: unknown): boolean => typeof code === 'string' && NETWORK.includes(code);

/** Whether the database is away, stopping, starting, a standby or out of room: nothing is wrong with what was asked. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message, driverError } = (error ?? {}) as DriverError;
  if (driverError !== undefined && isDatabaseAway(driverError)) return true;
  if (isNetworkAway(code) || (typeof code === 'string' && SQLSTATES.test(code))) return true;
  return typeof message === 'string' && MESSAGES.test(message);
}

/** SQLSTATE: a transaction that another one stood in the way of. Another try finds the way free. */
const COLLISIONS = ['40001', '40P01'];

export const isCollision = (error: unknown): boolean =>
  COLLISIONS.includes((error as DriverError | null)?.code as string);

/** Of the faults of a database that is away: whether the connection was lost while a statement was in flight, so that it may have been carried out. */
export function isDatabaseBrokenOff(error: unknown): boolean {
  const { code, message, driverError } = (error ?? {}) as DriverError;
  if (driverError !== undefined) return isDatabaseBrokenOff(driverError);
  return typeof code === 'string' ? BROKEN_OFF.test(code) : BROKEN_OFF_MESSAGES.test(String(message));
}
