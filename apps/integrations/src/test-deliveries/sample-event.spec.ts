import { describe, expect, it } from 'vitest';
import {
  ENVIRONMENTS,
  EVENT_TYPES,
  ReleaseEventSchema,
  checkShape,
  routeMatches,
  uuidv7,
  type Environment,
  type EventType,
} from '#libs/contracts';
import { sampleEvent } from './sample-event.js';

const project = { id: uuidv7(), name: 'Checkout' };
const actor = { id: 'u1', name: 'Ada' };
const context = {
  project,
  actor,
  adminBaseUrl: 'https://admin.example.com',
  now: new Date('2026-11-23T10:00:00.000Z'),
};
const route = (eventTypes: EventType[], environments: Environment[]) => ({
  organizationId: 'acme',
  projectId: project.id,
  eventTypes,
  environments,
});

describe('a sample event', () => {
  it('is a whole event of the route', () => {
    const event = sampleEvent(route([], []), context);
    expect(event).toMatchObject({
      type: 'release.created',
      time: '2026-11-23T10:00:00.000Z',
      data: { organizationId: 'acme', project, actor, previous: null, release: { environment: 'prod', revision: 1 } },
    });
    expect(event.data.url).toBe(`https://admin.example.com/projects/${project.id}/releases/${event.data.release.id}`);
  });

  it.each<[EventType[], Environment[], EventType, Environment, object | null]>([
    [['release.promoted'], [], 'release.promoted', 'prod', { environment: 'stage', rolloutPercentage: null }],
    [['release.promoted'], ['stage'], 'release.promoted', 'stage', { environment: 'test', rolloutPercentage: null }],
    [
      ['release.rollout_changed'],
      ['prod', 'test'],
      'release.rollout_changed',
      'prod',
      { environment: null, rolloutPercentage: 10 },
    ],
    [
      ['release.rollout_changed', 'release.created'],
      ['test'],
      'release.rollout_changed',
      'test',
      { environment: null, rolloutPercentage: 10 },
    ],
  ])('for %j in %j is %s in %s', (types, environments, type, environment, previous) => {
    const event = sampleEvent(route(types, environments), context);
    expect(event).toMatchObject({ type, data: { release: { environment }, previous } });
  });

  it('keeps to the contract and to the route, whatever the route', () => {
    for (const type of [[], ...EVENT_TYPES.map((one) => [one])])
      for (const environment of [[], ...ENVIRONMENTS.map((one) => [one])]) {
        const event = sampleEvent(route(type, environment), context);
        expect(() => checkShape(ReleaseEventSchema, event)).not.toThrow();
        expect(routeMatches(route(type, environment), event)).toBe(true);
      }
  });

  it('has a project of its own where the organization has none yet', () => {
    const event = sampleEvent(route([], []), { ...context, project: undefined });
    expect(() => checkShape(ReleaseEventSchema, event)).not.toThrow();
  });
});
