import { describe, expect, it } from 'vitest';
import { routeMatches, type ReleaseEvent, type Route } from './index.js';

const data = {
  organizationId: 'acme',
  project: { id: 'p1' },
  release: { environment: 'prod' },
} as ReleaseEvent['data'];
const event = { type: 'release.created', data } as const;
const everything: Route = { organizationId: 'acme', projectId: null, eventTypes: [], environments: [] };

describe('a route', () => {
  it.each<[string, Partial<Route>, boolean]>([
    ['of all projects matches', {}, true],
    ['of this project matches', { projectId: 'p1' }, true],
    ['of another project does not', { projectId: 'p2' }, false],
    ['of another organization never does', { organizationId: 'other' }, false],
    ['narrowed to this type matches', { eventTypes: ['release.created'] }, true],
    ['narrowed to other types does not', { eventTypes: ['release.promoted', 'release.rollout_changed'] }, false],
    ['narrowed to this environment matches', { environments: ['stage', 'prod'] }, true],
    ['narrowed to another environment does not', { environments: ['test'] }, false],
    [
      'has to match in all it is narrowed to',
      { projectId: 'p1', eventTypes: ['release.created'], environments: ['test'] },
      false,
    ],
  ])('%s', (_name, change, expected) => expect(routeMatches({ ...everything, ...change }, event)).toBe(expected));
});
