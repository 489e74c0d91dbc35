import { describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { Registry, type Logger } from '#libs/observability';
import { buildAttemptRequest, buildIntegrationState } from '../providers/build-attempt-request.suite.js';
import type { ProviderAdapter } from '../providers/provider.js';
import { RetryLadder } from '../retries/retry-ladder.js';
import type { LedgerEntry } from '../ledger/ledger-entry.js';
import { Admission } from './admission.service.js';
import { AttemptReport } from './attempt-report.service.js';
import { Attempts } from './attempts.service.js';
import type { Delivery } from './delivery.js';
import type { Ending } from './ending.js';
import { Meaning } from './meaning.service.js';
import { Pace } from './pace.service.js';
import { PendingEntries } from './pending-entries.service.js';
import { Posting } from './posting.service.js';

const state = buildIntegrationState();

/** Attempts at a provider that throws, with what they record and log. */
function attemptsThat(thrown: unknown): { attempts: Attempts; endings: Ending[]; logged: unknown[] } {
  const endings: Ending[] = [];
  const logged: unknown[] = [];
  const log = (...line: unknown[]): void => void logged.push(line);
  const provider: Pick<ProviderAdapter, 'id' | 'attempt'> = {
    id: 'webhook',
    attempt: () => Promise.reject(thrown as Error),
  };
  const logger = { info: log, warn: log, error: log } as unknown as Logger;
  const providers = new Map([['webhook' as const, provider as ProviderAdapter]]);
  const credentials = { of: () => Promise.resolve({ credentials: null, signingSecrets: [] }) };
  const ledger = {
    uncommittedBelow: () => Promise.resolve(),
    record: (entry: LedgerEntry) => Promise.resolve(void endings.push({ entry } as Ending)),
  };
  const integrations = { waitFor: () => Promise.resolve(state), get: () => state };
  const health = { needsReconnect: () => false, after: () => null };
  const pending = new PendingEntries(ledger, logger);
  const attempts = new Attempts(
    new Admission(integrations, health, ledger, new Pace(providers, credentials), pending),
    new Posting(providers, credentials, { now: Date.now }, pending, logger),
    new Meaning(
      new RetryLadder([{ label: '5s', ms: 5_000 }]),
      health,
      integrations,
      new AttemptReport(new Registry(), logger),
    ),
    ledger,
    { publish: (_, ending) => Promise.resolve(void (endings[endings.length - 1] = ending)) },
  );
  return { attempts, endings, logged };
}

function buildDelivery(attempt: number): Delivery {
  const { deliveryId, event } = buildAttemptRequest();
  return {
    request: { deliveryId, integrationId: uuidv7(), round: 1, attempt, test: false, integrationVersion: 1, event },
    position: '0',
    onlyPermanent: false,
    queue: null,
    owned: () => true,
  } as unknown as Delivery;
}

describe('an attempt that fails by a fault of our own', () => {
  const fault = new TypeError('cannot read properties of "hunter2"');

  it.each([
    [1, 'retrying', 'retry'],
    [2, 'dead', 'dead'],
  ])('is on record as attempt %i, %s, and nothing of its text is shown or logged', async (attempt, status, next) => {
    const { attempts, endings, logged } = attemptsThat(fault);
    await attempts.begin(buildDelivery(attempt)).recorded;
    expect(endings).toMatchObject([{ entry: { status, attempt: { outcome: 'failed' } }, next: { kind: next } }]);
    expect(JSON.stringify([endings, logged])).not.toContain('hunter2');
    expect(JSON.stringify(logged)).toMatch(/attempt\.failed.*TypeError|TypeError.*attempt\.failed/);
  });
});
