import { describe, expect, it } from 'vitest';
import { overlapOf, type Route } from './overlap.js';

const all: Route = { projectId: null, eventTypes: [], environments: [] };

describe('overlapOf', () => {
  it.each<[string, Partial<Route>, Partial<Route>, Partial<Route> | undefined]>([
    ['all and all', {}, {}, {}],
    ['all and one project', {}, { projectId: 'ios' }, { projectId: 'ios' }],
    ['two projects', { projectId: 'ios' }, { projectId: 'android' }, undefined],
    ['a project that is not chosen yet', { projectId: undefined }, {}, undefined],
    ['all events and some', {}, { eventTypes: ['release.created'] }, { eventTypes: ['release.created'] }],
    [
      'events of which one is shared',
      { eventTypes: ['release.created', 'release.promoted'] },
      { eventTypes: ['release.promoted'] },
      { eventTypes: ['release.promoted'] },
    ],
    [
      'events of which none is shared',
      { eventTypes: ['release.created'] },
      { eventTypes: ['release.promoted'] },
      undefined,
    ],
    ['environments of which none is shared', { environments: ['test'] }, { environments: ['prod'] }, undefined],
    [
      'everything narrowed',
      { projectId: 'ios', environments: ['prod', 'stage'] },
      { environments: ['prod'] },
      { projectId: 'ios', environments: ['prod'] },
    ],
  ])('is what both receive: %s', (_what, one, other, shared) => {
    const expected = shared && { ...all, ...shared };
    expect(overlapOf({ ...all, ...one }, { ...all, ...other })).toEqual(expected);
    expect(overlapOf({ ...all, ...other }, { ...all, ...one })).toEqual(expected);
  });
});
