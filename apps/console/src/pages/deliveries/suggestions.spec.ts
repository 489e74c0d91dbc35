import { describe, expect, it } from 'vitest';
import { suggestionsFor } from './suggestions.js';

const ID = '0193A5C0-0000-7000-8000-000000000001';
const INTEGRATIONS = [
  { id: 'i1', name: '#mobile-releases' },
  { id: 'i2', name: 'Mobile QA' },
  { id: 'i3', name: 'Webhook 1.8' },
];
const PROJECTS = [{ id: 'p1', name: 'Mobile app' }];
const of = (text: string) => suggestionsFor(text, INTEGRATIONS, PROJECTS);

describe('what a typed text may mean', () => {
  it.each([
    ['', []],
    ['   ', []],
    [` ${ID} `, [{ kind: 'delivery', id: ID.toLowerCase() }]],
    [
      'mobile',
      [
        { kind: 'integrationId', id: 'i2', name: 'Mobile QA' },
        { kind: 'integrationId', id: 'i1', name: '#mobile-releases' },
        { kind: 'projectId', id: 'p1', name: 'Mobile app' },
        { kind: 'version', version: 'mobile' },
      ],
    ],
    [
      '1.8',
      [
        { kind: 'version', version: '1.8' },
        { kind: 'integrationId', id: 'i3', name: 'Webhook 1.8' },
      ],
    ],
    [
      'v1.9',
      [
        { kind: 'version', version: '1.9' },
        { kind: 'version', version: 'v1.9' },
      ],
    ],
    ['x'.repeat(65), []],
  ])('"%s" is %j', (text, suggestions) => expect(of(text)).toEqual(suggestions));

  it('is not more than can be looked through', () => {
    const many = Array.from({ length: 50 }, (_, place) => ({ id: `i${place}`, name: `Ops ${place}` }));
    expect(suggestionsFor('ops', many, [])).toHaveLength(7);
  });
});
