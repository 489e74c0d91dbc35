import { describe, expect, it } from 'vitest';
import type { TileField } from '../../api/types.js';
import { addressesIn, changeOf, leavesOrigin, newDraft, type Draft } from './draft.js';

const field = { required: true, credential: true } as const;
const WEBHOOK: TileField[] = [
  { ...field, name: 'url', label: 'URL', type: 'url' },
  { ...field, name: 'authorization', label: 'Authorization header', type: 'secret', required: false },
  { ...field, name: 'concurrency', label: 'Deliveries at once', type: 'number', credential: false, min: 1, max: 32 },
];
const EMAIL: TileField[] = [{ ...field, name: 'recipients', label: 'Recipients', type: 'emails' }];

const HERE = 'https://x.example/hook';
const nobody = { owner: null, note: null };
const route = { name: 'Ours', projectId: null, eventTypes: [], environments: [], alerts: false, ...nobody };

describe('what the API is sent', () => {
  it('has the credentials of a new webhook, without an empty header', () => {
    const draft = { ...newDraft(), name: 'Ours', values: { url: ' https://x.example/hook ', authorization: ' ' } };
    expect(changeOf(WEBHOOK, draft)).toEqual({
      ...route,
      concurrency: null,
      credentials: { url: 'https://x.example/hook' },
    });
    expect(
      changeOf(WEBHOOK, { ...draft, values: { ...draft.values, authorization: 'Bearer a', concurrency: 8 } }),
    ).toMatchObject({
      concurrency: 8,
      credentials: { authorization: 'Bearer a' },
    });
  });

  it('names an owner and holds a note where somebody typed them in', () => {
    const draft = { ...newDraft(), owner: ' Ada ', note: '\nFor QA.\n\nQuiet at night. ' };
    expect(changeOf([], draft)).toMatchObject({ owner: 'Ada', note: 'For QA.\n\nQuiet at night.' });
    expect(changeOf([], { ...draft, owner: ' ', note: '\n' })).toMatchObject(nobody);
  });

  it('leaves saved credentials as they are', () => {
    const draft = { ...newDraft(), name: 'Ours', saved: true };
    expect(changeOf(WEBHOOK, draft)).not.toHaveProperty('credentials');
    expect(changeOf(EMAIL, { ...draft, values: { recipients: ['a@x.example'] } })).toEqual(route);
    expect(
      changeOf(EMAIL, { ...draft, saved: false, values: { recipients: addressesIn('a@x.example, b@x.example;') } }),
    ).toEqual({
      ...route,
      credentials: { recipients: ['a@x.example', 'b@x.example'] },
    });
  });

  it('changes one credential by itself, and the parallel deliveries by themselves', () => {
    const draft = { ...newDraft(), name: 'Ours', saved: true };
    const values = { url: HERE, authorization: 'Bearer b', concurrency: 8 };
    const sent = (edits: Draft['edits']) => changeOf(WEBHOOK, { ...draft, values, edits });
    expect(sent({})).toEqual({ ...route, concurrency: 8 });
    expect(sent({ url: 'replace' })).toMatchObject({ credentials: { url: HERE } });
    expect(sent({ authorization: 'replace' }).credentials).toEqual({ authorization: 'Bearer b' });
    expect(sent({ url: 'replace', authorization: 'remove' }).credentials).toEqual({ url: HERE, authorization: null });
    expect(changeOf(WEBHOOK, { ...draft, values: {}, edits: { url: 'replace' } })).not.toHaveProperty('credentials');
  });

  it.each([
    [HERE, false],
    ['https://x.example:443/other', false],
    ['https://y.example/hook', true],
    ['http://x.example/hook', true],
    ['x.example/ho', false],
    ['', false],
  ])('with the URL %s leaves the origin: %s', (url, leaves) => {
    const draft = { ...newDraft(), saved: true, edits: { url: 'replace' as const }, values: { url } };
    expect(leavesOrigin('https://x.example/…', draft)).toBe(leaves);
  });

  it('has none for those that are connected by signing in', () =>
    expect(changeOf([], { ...newDraft(), name: 'Ours' })).toEqual(route));
});
