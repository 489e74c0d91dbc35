import { deliveryIdOf, uuidv7, type Environment, type EventType, type ReleaseEvent } from '#libs/contracts';
import { buildReleaseEvent } from '../providers/build-attempt-request.suite.js';
import type { AttemptRecord, LedgerEntry } from './ledger-entry.js';

/** What a test cares about; the rest is full and valid. */
export interface EntryOf {
  organizationId?: string;
  integrationId?: string;
  projectId?: string;
  eventType?: EventType;
  version?: string;
  environment?: Environment;
  at?: Date;
  test?: boolean;
  round?: number;
  number?: number;
  status?: LedgerEntry['status'];
  /** null where no request was made. */
  attempt?: Partial<AttemptRecord> | null;
}

/** One of a release. */
export type ReleaseEntry = LedgerEntry & { request: { event: ReleaseEvent } };

export function buildLedgerEntry(of: EntryOf = {}): ReleaseEntry {
  const { integrationId = uuidv7(), status = 'delivered', round = 1, number = 1, at = new Date(), test = false } = of;
  const event = buildEvent(of, at);
  const failed = status !== 'delivered';
  const lastError = { code: 'server_error', message: 'The server answered 500.', statusCode: 500 } as const;
  return {
    request: {
      deliveryId: deliveryIdOf(event, integrationId),
      integrationId,
      round,
      attempt: number,
      test,
      integrationVersion: 1,
      event,
    },
    status,
    round,
    roundAttempts: of.attempt === null ? 0 : number,
    credentialsVersion: 1,
    queue: null,
    queuePosition: '0',
    nextAttemptAt: status === 'retrying' ? new Date(at.getTime() + 5_000) : null,
    lastError: failed && of.attempt !== null ? { ...lastError } : null,
    attempt: of.attempt === null ? null : attemptOf(failed, at, of.attempt),
    health: null,
  };
}

/** The same delivery once more, e.g. after its next attempt. */
export function nextEntry(entry: LedgerEntry, of: Omit<EntryOf, 'at'> & { at?: Date }): LedgerEntry {
  const { event, integrationId, test } = entry.request;
  const next = buildLedgerEntry({ integrationId, test, ...of });
  return { ...next, request: { ...next.request, deliveryId: entry.request.deliveryId, event } };
}

function attemptOf(failed: boolean, at: Date, of: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    startedAt: at,
    durationMs: 12,
    outcome: failed ? 'failed' : 'delivered',
    permanent: false,
    statusCode: failed ? 500 : 200,
    errorCode: failed ? 'server_error' : null,
    error: failed ? 'The server answered 500.' : null,
    responseBody: 'ok',
    responseHeaders: failed ? { 'content-type': 'text/plain' } : null,
    ...of,
  };
}

function buildEvent(of: EntryOf, at: Date): ReleaseEvent {
  const { organizationId = 'org-a', projectId = uuidv7(), eventType, version = '1.0.5', environment = 'prod' } = of;
  const { data } = buildReleaseEvent();
  const releaseId = uuidv7();
  return buildReleaseEvent({
    type: eventType ?? 'release.created',
    time: at.toISOString(),
    data: {
      ...data,
      organizationId,
      project: { ...data.project, id: projectId },
      release: { ...data.release, id: releaseId, version, environment },
      previous: null,
      url: `https://admin.example/projects/${projectId}/releases/${releaseId}`,
    },
  });
}
