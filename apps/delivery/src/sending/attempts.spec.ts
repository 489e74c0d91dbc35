import { describe, expect, it } from 'vitest';
import { uuidv7 } from '#libs/contracts';
import { Registry, type Logger } from '#libs/observability';
import { buildAttemptRequest, buildIntegrationState } from '../providers/build-attempt-request.suite.js';
import type { ProviderAdapter } from '../providers/provider.js';
import { RetryLadder } from '../retries/retry-ladder.js';
import { Attempts, type AttemptsDependencies } from './attempts.service.js';
import type { Delivery } from './delivery.js';
import type { Ending } from './ending.js';

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
  const deps = {
    integrations: { waitFor: () => Promise.resolve(state), get: () => state },
    credentials: { of: () => Promise.resolve({ credentials: null, signingSecrets: [] }) },
    providers: new Map([['webhook', provider]]),
    health: { needsReconnect: () => false, after: () => null },
    ledger: { uncommittedBelow: () => Promise.resolve() },
    followUp: { finish: (_: unknown, ending: Ending) => Promise.resolve(void endings.push(ending)) },
    ladder: new RetryLadder([{ label: '5s', ms: 5_000 }]),
    now: () => Date.now(),
    logger: { info: log, warn: log, error: log } as unknown as Logger,
    registry: new Registry(),
    onRequeued: () => undefined,
  };
  return { attempts: new Attempts(deps as unknown as AttemptsDependencies), endings, logged };
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
    await new Promise<void>(
      (done, failed) => void attempts.run(buildDelivery(attempt), { done, failed: failed as () => void }),
    );
    expect(endings).toMatchObject([{ entry: { status, attempt: { outcome: 'failed' } }, next: { kind: next } }]);
    expect(JSON.stringify([endings, logged])).not.toContain('hunter2');
    expect(JSON.stringify(logged)).toMatch(/attempt\.failed.*TypeError|TypeError.*attempt\.failed/);
  });
});
