import { describe, expect, it } from 'vitest';
import { filterOf, queryOf } from './filter.js';

describe('the filter in the address', () => {
  it('is what can be asked for', () => {
    const query = new URLSearchParams('status=dead&eventType=release.created&span=24h&projectId=p&integrationId=i');
    expect(filterOf(query)).toEqual({
      status: 'dead',
      eventType: 'release.created',
      span: '24h',
      projectId: 'p',
      integrationId: 'i',
    });
  });

  it('is without what nobody knows', () => {
    expect(filterOf(new URLSearchParams('status=lost&span=9y&eventType=x&connected=1'))).toEqual({});
  });

  it('asks from a whole minute on', () => {
    const now = Date.parse('2026-01-01T10:00:59.999Z');
    expect(queryOf({ status: 'dead', span: '1h' }, now)).toEqual({ status: 'dead', since: '2026-01-01T09:00:00.000Z' });
    expect(queryOf({ status: 'dead' }, now)).toEqual({ status: 'dead' });
  });
});
