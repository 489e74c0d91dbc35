import { uuidv7, type IntegrationState, type ReleaseEvent } from '#libs/contracts';
import type { AttemptRequest } from './provider.js';

const PROJECT_ID = '0193a5c0-0000-7000-8000-000000000001';
const RELEASE_ID = '0193a5c0-0000-7000-8000-000000000002';
const SEALED = { protected: '', encrypted_key: '', iv: '', ciphertext: '', tag: '' };

/** A promotion of one release to prod, full and valid. */
export function buildReleaseEvent(changes: Partial<ReleaseEvent> = {}): ReleaseEvent {
  return {
    id: uuidv7(),
    type: 'release.promoted',
    time: '2026-11-23T10:00:00.000Z',
    data: {
      organizationId: 'org-acme',
      project: { id: PROJECT_ID, name: 'NitroPush iOS' },
      release: {
        id: RELEASE_ID,
        version: '1.0.5',
        environment: 'prod',
        mandatory: true,
        description: 'Faster start',
        rolloutPercentage: 50,
        revision: 3,
      },
      previous: { environment: 'stage', rolloutPercentage: null },
      actor: { id: 'user-1', name: 'Ada' },
      url: `https://admin.example/projects/${PROJECT_ID}/releases/${RELEASE_ID}`,
    },
    ...changes,
  };
}

export function buildIntegrationState(changes: Partial<IntegrationState> = {}): IntegrationState {
  return {
    id: uuidv7(),
    organizationId: 'org-acme',
    provider: 'webhook',
    name: 'QA team webhook',
    projectId: null,
    eventTypes: [],
    environments: [],
    enabled: true,
    destination: 'https://hooks.example/…',
    concurrency: null,
    credentials: SEALED,
    credentialsVersion: 1,
    signingSecrets: [],
    version: 1,
    ...changes,
  };
}

/** One of a release. */
export type ReleaseAttempt = AttemptRequest & { event: ReleaseEvent };

/** A first attempt; `credentials` are the provider's own. */
export function buildAttemptRequest(changes: Partial<AttemptRequest> = {}): ReleaseAttempt {
  return {
    deliveryId: uuidv7(),
    round: 1,
    attempt: 1,
    test: false,
    event: buildReleaseEvent(),
    state: buildIntegrationState(),
    credentials: null,
    signingSecrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    signal: new AbortController().signal,
    ...changes,
  } as ReleaseAttempt;
}
