import type { DeliveryOutcomeKind, ErrorCode, Health, IntegrationState } from '#libs/contracts';
import { QUEUE } from '../ledger/queue.js';
import type { AttemptRecord, LedgerEntry } from '../ledger/ledger-entry.js';
import type { PutOff } from '../providers/provider.js';
import type { Delivery } from './delivery.js';
import type { NextStep } from './next-step.js';

export interface LastError {
  code: ErrorCode;
  message: string;
  statusCode: number | null;
}

/** How one run of a delivery through this process ended: what the ledger is told, and what goes to Kafka after it. */
export interface Ending {
  entry: LedgerEntry;
  outcome: DeliveryOutcomeKind;
  next: NextStep | null;
}

const base = ({ request, position }: Delivery, credentialsVersion: number): Omit<LedgerEntry, 'status'> => ({
  request,
  round: request.round,
  roundAttempts: request.attempt - 1,
  credentialsVersion,
  queue: null,
  queuePosition: position,
  nextAttemptAt: null,
  lastError: null,
  attempt: null,
  health: null,
});

/** The integration is gone. */
export const droppedEnding = (delivery: Delivery): Ending => ({
  entry: { ...base(delivery, 0), status: 'dropped' },
  outcome: 'dropped',
  next: null,
});

/** The integration is disabled: no request is made until somebody says what becomes of it. */
export const heldEnding = (delivery: Delivery, state: IntegrationState): Ending => ({
  entry: { ...base(delivery, state.credentialsVersion), status: 'held' },
  outcome: 'held',
  next: null,
});

/** The destination refused for good before: it is not called again until a test succeeds or credentials are saved. */
export const unreachableEnding = (delivery: Delivery, state: IntegrationState): Ending => ({
  entry: {
    ...base(delivery, state.credentialsVersion),
    status: 'dead',
    lastError: {
      code: 'needs_reconnect',
      message:
        'Not sent: the destination refused several messages, or said that it is gone. Send a test, or save it with fresh credentials.',
      statusCode: null,
    },
  },
  outcome: 'dead',
  next: { kind: 'dead' },
});

/**
 * It may not be sent yet. It waits in the ledger outside every queue: once it is overdue, the owner of its partition takes
 * it up for the attempt that was not made.
 */
export const putOffEnding = (delivery: Delivery, state: IntegrationState, { until, error }: PutOff): Ending => ({
  entry: {
    ...base(delivery, state.credentialsVersion),
    status: 'retrying',
    nextAttemptAt: until,
    lastError: { code: 'rate_limited', message: error, statusCode: null },
  },
  outcome: 'retrying',
  next: null,
});

/** It waits in the ledger, behind those of its destination that wait there already. */
export const parkedEntry = (delivery: Delivery): LedgerEntry => ({
  ...base(delivery, 0),
  status: 'pending',
  queue: QUEUE.parked,
});

/** It is being attempted, and takes long enough for somebody to wonder. */
export const pendingEntry = (delivery: Delivery, state: IntegrationState): LedgerEntry => ({
  ...base(delivery, state.credentialsVersion),
  status: 'pending',
});

export interface Attempted {
  attempt: AttemptRecord;
  next: NextStep;
  health: Health | null;
  /** Of the credentials that the attempt was made with, and of those saved by now. */
  credentialsVersion: number;
  currentCredentialsVersion: number;
}

/** A request was made. One that died while fresh credentials were being saved is not dead: it belongs to their drain. */
export function attemptedEnding(delivery: Delivery, attempted: Attempted): Ending {
  const { attempt, next, health, credentialsVersion } = attempted;
  const { request } = delivery;
  const entry: Omit<LedgerEntry, 'status'> = {
    ...base(delivery, credentialsVersion),
    roundAttempts: request.attempt,
    attempt,
    health,
    lastError:
      attempt.errorCode === null
        ? null
        : { code: attempt.errorCode, message: attempt.error ?? '', statusCode: attempt.statusCode },
  };
  switch (next.kind) {
    case 'delivered':
      return { entry: { ...entry, status: 'delivered' }, outcome: 'delivered', next };
    case 'retry':
      return { entry: { ...entry, status: 'retrying', nextAttemptAt: next.dueAt }, outcome: 'retrying', next };
    case 'dead':
      if (attempted.currentCredentialsVersion !== credentialsVersion && !request.test) {
        const requeued = {
          status: 'pending',
          round: request.round + 1,
          roundAttempts: 0,
          queue: QUEUE.redelivery,
        } as const;
        return { entry: { ...entry, ...requeued }, outcome: 'retrying', next: null };
      }
      return { entry: { ...entry, status: 'dead' }, outcome: 'dead', next };
  }
}
