import type { DeliveryRequested, DeliveryStatus, ErrorCode, Health } from '#libs/contracts';
import type { Queue } from './queue.js';

/** How an attempt went, as the ledger keeps it. */
export interface AttemptRecord {
  startedAt: Date;
  durationMs: number;
  outcome: 'delivered' | 'failed';
  permanent: boolean;
  statusCode: number | null;
  errorCode: ErrorCode | null;
  error: string | null;
  responseBody: string | null;
  /** Of a failure; names in lower case. */
  responseHeaders: Record<string, string> | null;
}

/** What the ledger is to say of a delivery from now on. */
export interface LedgerEntry {
  request: DeliveryRequested;
  status: DeliveryStatus;
  /** Attempts made in the round that the row is in after this. */
  roundAttempts: number;
  /** The round the row is in after this; a requeued one is already in its next. */
  round: number;
  credentialsVersion: number;
  queue: Queue | null;
  queuePosition: string;
  nextAttemptAt: Date | null;
  /** What went wrong last; null keeps nothing. */
  lastError: { code: ErrorCode; message: string; statusCode: number | null } | null;
  /** null where no request was made. */
  attempt: AttemptRecord | null;
  /** The destination's health where this changed it. */
  health: Health | null;
}

/** The time that the ledger keeps a delivery under, ISO 8601: in which partition its rows lie, and where in the lists. */
export const keptAt = ({ recordedAt, event }: Pick<DeliveryRequested, 'recordedAt' | 'event'>): string =>
  recordedAt ?? event.time;

/** What the ledger says of one attempt of a delivery; undefined where it does not know the delivery. */
export interface Seen {
  /** The time that the delivery is kept under. */
  keptAt: Date;
  status: DeliveryStatus;
  round: number;
  roundAttempts: number;
  queue: Queue | null;
  nextAttemptAt: Date | null;
  credentialsVersion: number;
  lastError: { code: ErrorCode; message: string; statusCode: number | null } | null;
  /** This very attempt, where it was made. */
  attempt: Pick<AttemptRecord, 'outcome' | 'statusCode' | 'errorCode' | 'error' | 'startedAt' | 'durationMs'> | null;
  /** Every attempt of this round so far was refused for good. */
  onlyPermanent: boolean;
}
