import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, WEBHOOK_BODIES, checkShape, type DestinationEvent, type ReleaseEventData } from '#libs/contracts';
import { buildReleaseEvent } from './build-attempt-request.suite.js';
import { eventBody } from './event-body.js';

const event = buildReleaseEvent({ id: 'event-1' });

const alert: DestinationEvent = {
  id: 'event-2',
  type: 'destination.failing',
  time: '2026-11-27T05:20:30.000Z',
  data: {
    organizationId: 'org-acme',
    destination: {
      id: '0193a5c0-0000-7000-8000-000000000001',
      name: '#ops',
      provider: 'slack',
      target: 'Acme · #ops',
      projectId: null,
    },
    change: 1,
    since: '2026-11-27T05:02:10.000Z',
    reason: 'Slack did not accept the credentials (403).',
    url: 'https://admin.example/integrations/1',
  },
};

describe('the body of an event', () => {
  it.each([...EVENT_TYPES.map((type) => ({ ...event, type })), alert])('is as the API document has it: $type', (of) => {
    const body = JSON.parse(JSON.stringify(eventBody(of, false))) as { data: object };
    const schema = WEBHOOK_BODIES[of.type] as unknown as { properties: Record<string, { properties: object }> };
    expect(checkShape(WEBHOOK_BODIES[of.type], body)).toEqual(body);
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(body).sort());
    expect(Object.keys(schema.properties['data']!.properties).sort()).toEqual(Object.keys(body.data).sort());
    expect(() => checkShape(WEBHOOK_BODIES[of.type], { ...body, type: 'release.other' })).toThrow(/type/);
  });

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
