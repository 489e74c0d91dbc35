import { describe, expect, it } from 'vitest';
import { filterIn } from '../../components/address.js';
import { CHECKS, howMany, isNarrowed, queryOf } from './filter.js';

const ID = '0193a5c0-0000-7000-8000-000000000001';
const NOW = Date.parse('2026-01-01T10:00:59.999Z');
const of = (query: string) => filterIn(CHECKS, new URLSearchParams(query));

describe('the filter of deliveries in the address', () => {
  it('is what can be asked for', () => {
    const query = `status=dead&eventType=release.created&span=24h&projectId=${ID}&integrationId=${ID}&environment=prod&version=1.8&tests=show&page=ab_-`;
    expect(of(query)).toEqual({
      filter: {
        status: 'dead',
        eventType: 'release.created',
        span: '24h',
        projectId: ID,
        integrationId: ID,
        environment: 'prod',
        version: '1.8',
        tests: 'show',
        page: 'ab_-',
      },
      dropped: [],
    });
  });

  it.each([
    ['status=lost&span=9y&eventType=x', ['status=lost', 'eventType=x', 'span=9y']],
    ['integrationId=7&environment=qa&tests=1', ['integrationId=7', 'environment=qa', 'tests=1']],
    ['from=yesterday&to=2026-13-01T00:00Z&page=%20', ['from=yesterday', 'to=2026-13-01T00:00Z', 'page= ']],
  ])('"%s" has nothing that is valid', (query, dropped) => expect(of(query)).toEqual({ filter: {}, dropped }));

  it.each([
    [{}, false],
    [{ tests: 'show', page: 'x' } as const, false],
    [{ version: '1' }, true],
  ])('of %j narrows: %s', (filter, narrowed) => expect(isNarrowed(filter)).toBe(narrowed));
});

describe('what is asked of the API', () => {
  it('begins at a whole minute, and leaves tests out', () => {
    expect(queryOf({ status: 'dead', span: '1h' }, NOW)).toEqual({
      status: 'dead',
      since: '2026-01-01T09:00:00.000Z',
      test: false,
    });
    expect(queryOf({ tests: 'show', page: 'x' }, NOW)).toEqual({ since: undefined, test: undefined });
  });

  it('is a time range of its own where there is one', () => {
    const from = '2026-01-01T08:00Z';
    expect(queryOf({ span: '1h', from }, NOW)).toEqual({ since: from, until: undefined, test: false });
    expect(queryOf({ to: from }, NOW)).toEqual({ since: undefined, until: from, test: false });
  });
});

it.each([
  ['', 0],
  ['tests=show&page=ab', 0],
  ['status=dead&version=1.8', 2],
  ['span=24h', 1],
  ['from=2026-01-01T10:00Z&to=2026-01-02T10:00Z&environment=prod', 2],
])('a list of %j is narrowed by %i choices', (query, many) => expect(howMany(of(query).filter)).toBe(many));
