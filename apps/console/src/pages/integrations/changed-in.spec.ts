import { describe, expect, it } from 'vitest';
import { changedIn } from './changed-in.js';
import { newDraft, type Draft } from './draft.js';

const opened: Draft = { ...newDraft(), name: 'Ours', saved: true, values: { concurrency: 4 } };

describe('changedIn', () => {
  it.each<[string, Partial<Draft>, string[]]>([
    ['nothing', {}, []],
    ['the name', { name: 'Mine' }, ['name']],
    [
      'a field that was opened and is still empty',
      { edits: { url: 'replace' }, values: { url: '', concurrency: 4 } },
      [],
    ],
    ['an address', { values: { url: 'https://example.com', concurrency: 4 } }, ['connection']],
    ['a secret that is removed', { edits: { authorization: 'remove' } }, ['connection']],
    ['a number', { values: { concurrency: 8 } }, ['connection']],
    ['a list', { values: { recipients: ['ada@example.com'], concurrency: 4 } }, ['connection']],
    ['the route, also where no project is chosen yet', { projectId: undefined }, ['route']],
    ['who to ask and what to know', { owner: 'Ada', note: 'For QA.' }, ['owner', 'note']],
    ['several parts', { environments: ['prod'], alerts: true }, ['route', 'alerts']],
    ['what was changed back', { name: 'Ours', environments: [] }, []],
  ])('names the parts that differ: %s', (_what, change, parts) => {
    expect(changedIn({ ...opened, ...change }, opened)).toEqual(parts);
  });
});
