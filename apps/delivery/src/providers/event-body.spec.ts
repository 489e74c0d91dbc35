import { describe, expect, it } from 'vitest';
import type { ReleaseEventData } from '#libs/contracts';
import { buildReleaseEvent } from './build-attempt-request.suite.js';
import { eventBody } from './event-body.js';

const event = buildReleaseEvent({ id: 'event-1' });

describe('the body of an event', () => {
  it('says what happened', () => {
    expect(eventBody(event, false)).toEqual({
      type: 'release.promoted',
      timestamp: '2026-11-23T10:00:00.000Z',
      test: false,
      data: {
        eventId: 'event-1',
        organizationId: 'org-acme',
        project: { id: event.data.project.id, name: 'NitroPush iOS' },
        release: {
          id: event.data.release.id,
          version: '1.0.5',
          environment: 'prod',
          mandatory: true,
          description: 'Faster start',
          rolloutPercentage: 50,
          revision: 3,
        },
        previous: { environment: 'stage', rolloutPercentage: null },
        actor: { id: 'user-1', name: 'Ada' },
        url: event.data.url,
      },
    });
  });

  it('leaves out what a publisher added', () => {
    const release = { ...event.data.release, internalNote: 'do not tell' };
    const data = { ...event.data, release, signingKey: 'do not tell' } as ReleaseEventData;
    expect(JSON.stringify(eventBody({ ...event, data }, false))).not.toContain('do not tell');
  });

  it('has no previous where there was none', () => {
    const created = buildReleaseEvent({ data: { ...event.data, previous: null } });
    expect(eventBody(created, false).data).toMatchObject({ previous: null });
  });

  it.each([
    ['Faster start', '[TEST] Faster start'],
    [null, '[TEST]'],
    ['', '[TEST] '],
  ])('marks a test, description %j', (description, marked) => {
    const data = { ...event.data, release: { ...event.data.release, description } };
    expect(eventBody({ ...event, data }, true)).toMatchObject({
      test: true,
      data: { release: { description: marked } },
    });
  });
});
