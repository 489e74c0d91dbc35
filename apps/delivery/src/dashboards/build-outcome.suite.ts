import { projectIdOf, type DeliveryOutcome } from '#libs/contracts';
import type { LedgerEntry } from '../ledger/ledger-entry.js';

/** What the sender tells of an attempt. */
export function buildOutcome({ request, status, attempt, nextAttemptAt }: LedgerEntry): DeliveryOutcome {
  const { deliveryId, integrationId, event, test, round, attempt: number } = request;
  return {
    deliveryId,
    eventId: event.id,
    eventType: event.type,
    eventTime: event.time,
    organizationId: event.data.organizationId,
    projectId: projectIdOf(event),
    integrationId,
    provider: 'webhook',
    test,
    round,
    attempt: number,
    outcome: status === 'pending' ? 'retrying' : status,
    statusCode: attempt?.statusCode ?? null,
    errorCode: attempt?.errorCode ?? null,
    durationMs: attempt?.durationMs ?? null,
    at: new Date().toISOString(),
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
  };
}
