import { describe, expect, it } from 'vitest';
import { verdictOf } from './checker.js';
import { hook, post } from './evidence.suite.js';
import type { Call, Evidence, LedgerRow, ListedRelease } from './evidence.js';

const call = (more: Partial<Call> = {}): Call => ({
  number: 0,
  kind: 'create',
  projectId: 'p',
  version: '1.0.0',
  environment: 'test',
  startedAt: 1_000,
  status: 201,
  release: { id: 'r', revision: 1 },
  ...more,
});
const unanswered = call({ status: undefined, release: undefined });
const release = (more: Partial<ListedRelease> = {}): ListedRelease => ({
  id: 'r',
  projectId: 'p',
  version: '1.0.0',
  environment: 'test',
  revision: 1,
  promotedFromId: null,
  ...more,
});
const row = (more: Partial<LedgerRow> = {}): LedgerRow => ({
  id: 'd',
  integrationId: 'h',
  eventType: 'release.created',
  releaseId: 'r',
  status: 'delivered',
  ...more,
});

/** One release that was created, posted and recorded, with what is otherwise. */
const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  calls: [call()],
  posts: [post()],
  hooks: [hook()],
  releases: [release()],
  ledger: [row()],
  attempts: [],
  disturbances: [],
  ...more,
});

const wrong = (given: Partial<Evidence>): Record<string, number> => {
  const { vanished, lost, phantoms, stuck, disagreements } = verdictOf(evidence(given));
  const found = { vanished, lost, phantoms, stuck, disagreements };
  return Object.fromEntries(
    Object.entries(found).flatMap(([kind, list]) => (list.length === 0 ? [] : [[kind, list.length]])),
  );
};

describe('the checker of a chaos run', () => {
  it('finds nothing wrong where everything arrived', () => {
    expect(wrong({})).toEqual({});
    expect(verdictOf(evidence())).toMatchObject({ calls: 1, accepted: 1, due: 1, posts: 1, answers: { 201: 1 } });
  });

  it.each<[string, Partial<Evidence>, Record<string, number>]>([
    ['accepted, and never posted', { posts: [], ledger: [] }, { lost: 1 }],
    [
      'accepted, and only refused',
      { posts: [post({ status: 500 })], ledger: [row({ status: 'retrying' })] },
      { lost: 1, stuck: 1 },
    ],
    ['accepted, and the API does not know it', { releases: [] }, { vanished: 1, phantoms: 1 }],
    [
      'accepted, and the API has an older revision',
      { calls: [call(), call({ kind: 'rollout', release: { id: 'r', revision: 2 } })] },
      { vanished: 1 },
    ],
    ['without an answer, in the list, and delivered', { calls: [unanswered] }, {}],
    ['without an answer, and in neither', { calls: [unanswered], posts: [], releases: [], ledger: [] }, {}],
    ['without an answer, in the list, and never posted', { calls: [unanswered], posts: [], ledger: [] }, { lost: 1 }],
    ['without an answer, posted, and not in the list', { calls: [unanswered], releases: [] }, { phantoms: 1 }],
    ['a change of the rollout that nobody got', { releases: [release({ revision: 2 })] }, { lost: 1 }],
    ['a delivery that stays open', { ledger: [row({ status: 'pending' })] }, { stuck: 1, disagreements: 1 }],
    ['a dead one that arrived', { ledger: [row({ status: 'dead' })] }, { stuck: 1, disagreements: 1 }],
    ['delivered says the ledger, and nothing came', { posts: [post({ status: 500 })] }, { lost: 1, disagreements: 1 }],
    ['posted, and not in the ledger', { ledger: [] }, { disagreements: 1 }],
    ['dropped', { posts: [], ledger: [row({ status: 'dropped' })] }, { lost: 1, disagreements: 1 }],
    ['of another project', { hooks: [hook({ projectId: 'q' })], posts: [], ledger: [] }, {}],
    ['in another environment', { hooks: [hook({ environments: ['prod'] })], posts: [], ledger: [] }, {}],
    ['of another kind', { hooks: [hook({ eventTypes: ['release.promoted'] })], posts: [], ledger: [] }, {}],
    ['called before the integration was there', { hooks: [hook({ answeredAt: 1_001 })], posts: [], ledger: [] }, {}],
  ])('%s', (_, given, expected) => {
    expect(wrong(given)).toEqual(expected);
  });

  it('takes the first of the calls that a revision was answered to for the one that made it', () => {
    const made = call({ kind: 'rollout', startedAt: 2_000, release: { id: 'r', revision: 2 } });
    const again = call({ kind: 'rollout', startedAt: 9_000, release: { id: 'r', revision: 2 } });
    const given = evidence({
      calls: [call(), made, again],
      hooks: [hook({ answeredAt: 5_000 })],
      releases: [release({ revision: 2 })],
    });
    expect(verdictOf(given).lost).toEqual([]);
  });

  it('counts the changes of a promoted release from the revision that its promotion had', () => {
    const promoted = release({ id: 's', revision: 4, environment: 'stage', promotedFromId: 'r' });
    const promotion = call({ kind: 'promote', environment: 'stage', release: { id: 's', revision: 3 } });
    const posts = [post(), post({ webhookId: 'e', releaseId: 's', revision: 3, eventType: 'release.promoted' })];
    const given = evidence({ calls: [call(), promotion], releases: [release(), promoted], posts });
    expect(verdictOf(given).lost).toEqual(['release.rollout_changed 1.0.0 (s, revision 4) for all']);
  });
});
