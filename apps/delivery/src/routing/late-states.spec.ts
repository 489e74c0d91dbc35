import { describe, expect, it } from 'vitest';
import { HEADERS, uuidv7, type IntegrationState, type ReleaseEvent } from '#libs/contracts';
import { buildIntegrationState } from '../providers/build-attempt-request.suite.js';
import { CLOCKS_DIFFER_MS, PassedBy, lateStateOf } from './late-states.js';

const SAVED = Date.parse('2026-11-26T12:00:00.000Z');
const MINUTE = 60_000;

const state = (more: Partial<IntegrationState> = {}): IntegrationState =>
  buildIntegrationState({ organizationId: 'acme', ...more });

const event = (at: number, more: Partial<ReleaseEvent> = {}): ReleaseEvent =>
  ({
    id: 'e',
    type: 'release.created',
    time: new Date(at).toISOString(),
    data: { organizationId: 'acme' },
    ...more,
  }) as ReleaseEvent;

describe('a record of integration.state', () => {
  const made = state();
  const record = (headers: Record<string, string>, value: string | null = JSON.stringify(made), key = made.id) => ({
    key,
    headers,
    value: value === null ? null : Buffer.from(value),
  });
  const late = { [HEADERS.savedAt]: String(SAVED) };

  it('that says when it was saved is late', () => {
    expect(lateStateOf(record(late))).toEqual({ state: made, savedAt: SAVED });
  });

  it.each([
    ['that says nothing of it', record({})],
    ['that says something else', record({ [HEADERS.savedAt]: 'yesterday' })],
    ['of an integration that was deleted', record(late, null)],
    ['that cannot be read', record(late, 'no state')],
    ['that says that the topic is complete', record(late, '{"records":1,"at":"2026-11-26T12:00:00.000Z"}', 'complete')],
  ])('%s is not a late state', (_, one) => expect(lateStateOf(one)).toBeUndefined());
});

describe('an event passed a late state by', () => {
  const made = state();
  const passedBy = new PassedBy([{ state: made, savedAt: SAVED }]);
  const inTime = { resent: false, timestamp: 0 };

  it.each<[string, number, boolean]>([
    ['long after the save', SAVED + MINUTE, true],
    ['at the save', SAVED, true],
    ['before it by no more than clocks may differ', SAVED - CLOCKS_DIFFER_MS, true],
    ['before it', SAVED - CLOCKS_DIFFER_MS - 1, false],
  ])('where it was accepted %s', (_, at, expected) => {
    expect(passedBy.of(event(at), inTime)).toEqual(expected ? [made] : []);
  });

  it('where it is of the same organization', () => {
    const of = (organizationId: string) =>
      passedBy.of(event(SAVED, { data: { organizationId } as ReleaseEvent['data'] }), inTime);
    expect([of('acme'), of('other')]).toEqual([[made], []]);
  });

  it.each<[string, Partial<ReleaseEvent>, boolean]>([
    ['of another publisher, whose clock is not known', { source: '/theirs' }, false],
    ['of ours that is sent again', {}, true],
  ])('by when the record was made, %s', (_, more, resent) => {
    const of = (timestamp: number) => passedBy.of(event(0, more), { resent, timestamp });
    expect([of(SAVED), of(SAVED - MINUTE)]).toEqual([[made], []]);
  });

  it('where the state held at the time: a later one takes its place from when that was saved', () => {
    const next = { ...made, version: 2, projectId: uuidv7() };
    const both = new PassedBy([
      { state: next, savedAt: SAVED + MINUTE },
      { state: made, savedAt: SAVED },
    ]);
    const versionsAt = (at: number) =>
      both
        .of(event(at), inTime)
        .map(({ version }) => version)
        .toSorted();
    expect([0, 0.5, 1, 2].map((minutes) => versionsAt(SAVED + minutes * MINUTE))).toEqual([[1], [1], [1, 2], [2]]);
  });
});
