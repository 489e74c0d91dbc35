import { describe, expect, it } from 'vitest';
import { addressesIn, changeOf, newDraft } from './draft.js';

const route = { name: 'Ours', projectId: null, eventTypes: [], environments: [] };

describe('what the API is sent', () => {
  it('has the credentials of a new webhook, without an empty header', () => {
    const draft = { ...newDraft(), name: 'Ours', url: ' https://x.example/hook ' };
    expect(changeOf('webhook', draft)).toEqual({
      ...route,
      concurrency: null,
      credentials: { url: 'https://x.example/hook' },
    });
    expect(changeOf('webhook', { ...draft, authorization: 'Bearer a', concurrency: 8 })).toMatchObject({
      concurrency: 8,
      credentials: { authorization: 'Bearer a' },
    });
  });

  it('leaves saved credentials as they are', () => {
    const draft = { ...newDraft(), name: 'Ours', fresh: false };
    expect(changeOf('webhook', draft)).not.toHaveProperty('credentials');
    expect(changeOf('email', { ...draft, recipients: ['a@x.example'] })).toEqual(route);
    expect(changeOf('email', { ...draft, fresh: true, recipients: addressesIn('a@x.example, b@x.example;') })).toEqual({
      ...route,
      credentials: { recipients: ['a@x.example', 'b@x.example'] },
    });
  });

  it('has none for those that are connected by signing in', () =>
    expect(changeOf('slack', { ...newDraft(), name: 'Ours' })).toEqual(route));
});
