import { setTimeout as wait } from 'node:timers/promises';
import { isCollision, isDatabaseAway } from '#libs/problems';

/** The brokers did not answer in time: nothing is wrong with the record. */
export class KafkaUnavailable extends Error {
  override readonly name = 'KafkaUnavailable';
  readonly isOutage = true;
}

/** The partition went to another instance, or the service stops: the record stays unfinished, and its next owner has it. */
export class NoLongerOwned extends Error {
  override readonly name = 'NoLongerOwned';
}

/** A record that is larger than the brokers take. Trying again does not help. */
export class RecordTooLarge extends Error {
  override readonly name = 'RecordTooLarge';
}

/** Whether a fault is of the kind that passes by itself: the broker, the database or the network is away. */
export function isOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const {
    isOutage: declared,
    code,
    type,
    message,
    retriable,
    name,
    driverError,
    cause,
  } = error as Record<string, unknown>;
  if (declared === true) return true;
  if (isDatabaseAway({ code, message }) || isCollision({ code })) return true;
  if (typeof type === 'string' && REFUSED.test(type)) return true;
  if (typeof name === 'string' && name.startsWith('KafkaJS') && (retriable !== false || KAFKA_OUTAGES.has(name)))
    return true;
  return isOutage(driverError) || isOutage(cause); // kafkajs wraps a lost connection into an error that says it is final
}

const KAFKA_OUTAGES = new Set([
  'KafkaJSNumberOfRetriesExceeded',
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSBrokerNotFound',
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSRequestTimeoutError',
  'KafkaJSSASLAuthenticationError',
]);
const FORBIDDEN = /^(TOPIC|GROUP|CLUSTER)_AUTHORIZATION_FAILED$/;

/** Whether the brokers know who we are, and do not allow it. */
export function isForbidden(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { type, cause, errors } = error as Record<string, unknown>;
  if (Array.isArray(errors) && errors.length > 0) return errors.every(isForbidden);
  return (typeof type === 'string' && FORBIDDEN.test(type)) || isForbidden(cause);
}

/** The brokers do not let us, for now: a password, a certificate or a right is put right while we go on trying. */
const REFUSED =
  /^(TOPIC|GROUP|CLUSTER)_AUTHORIZATION_FAILED$|^SASL_AUTHENTICATION_FAILED$|^ILLEGAL_SASL_STATE$|^UNSUPPORTED_SASL_MECHANISM$/;

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/** The n-th wait, from 0: 100 ms, 200, 400 … 5 s. */
export const backoffMs = (n: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** n);

export interface KeepTryingOptions {
  /** Whether to go on: false once somebody else has the work, or the service stops. */
  signal: () => boolean;
  onRetry?: (error: unknown, tries: number) => void;
}

/** Does the work until it succeeds, waiting 100 ms to 5 s between tries while the fault is an outage. @throws any other fault, and the outage once `signal` is false */
export async function keepTrying<T>(work: () => Promise<T>, { signal, onRetry }: KeepTryingOptions): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error) || !signal()) throw error;
      onRetry?.(error, tries + 1);
      await wait(backoffMs(tries));
      if (!signal()) throw error;
    }
  }
}
