import { describe, expect, it } from 'vitest';
import { filterIn } from '../../components/address.js';
import { ACTIVITY_CHECKS, queryOf } from './activity-filter.js';

const ID = '0193a5c0-0000-7000-8000-000000000001';
const of = (query: string) => filterIn(ACTIVITY_CHECKS, new URLSearchParams(query));

describe('the filter of activity in the address', () => {
  it.each([
    ['', {}, []],
    [
      `actorId=ada&action=project.created&span=7d&subjectId=${ID}`,
      { actorId: 'ada', action: 'project.created', span: '7d', subjectId: ID },
      [],
    ],
    ['actorId=&action=', {}, []],
    ['span=9y&actorId=ada', { actorId: 'ada' }, ['span=9y']],
    ['action=toString&subjectId=1', {}, ['action=toString', 'subjectId=1']],
    ['connected=1', {}, []],
  ])('"%s" asks for %j and leaves out %j', (query, filter, dropped) => expect(of(query)).toEqual({ filter, dropped }));

  it('asks from a whole minute on', () => {
    const now = Date.parse('2026-01-02T10:00:59.999Z');
    expect(queryOf({ span: '24h', actorId: 'ada' }, now)).toEqual({
      actorId: 'ada',
      since: '2026-01-01T10:00:00.000Z',
    });
    expect(queryOf({}, now).since).toBeUndefined();
  });
});
