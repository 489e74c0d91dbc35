import { describe, expect, it } from 'vitest';
import type { TileField } from '../../api/types.js';
import { addressesIn, changeOf, newDraft } from './draft.js';

const field = { required: true, credential: true } as const;
const WEBHOOK: TileField[] = [
  { ...field, name: 'url', label: 'URL', type: 'url' },
  { ...field, name: 'authorization', label: 'Authorization header', type: 'secret', required: false },
  { ...field, name: 'concurrency', label: 'Deliveries at once', type: 'number', credential: false, min: 1, max: 32 },
];
const EMAIL: TileField[] = [{ ...field, name: 'recipients', label: 'Recipients', type: 'emails' }];

const route = { name: 'Ours', projectId: null, eventTypes: [], environments: [], alerts: false };

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

  it('leaves saved credentials as they are', () => {
    const draft = { ...newDraft(), name: 'Ours', fresh: false };
    expect(changeOf(WEBHOOK, draft)).not.toHaveProperty('credentials');
    expect(changeOf(EMAIL, { ...draft, values: { recipients: ['a@x.example'] } })).toEqual(route);
    expect(
      changeOf(EMAIL, { ...draft, fresh: true, values: { recipients: addressesIn('a@x.example, b@x.example;') } }),
    ).toEqual({
      ...route,
      credentials: { recipients: ['a@x.example', 'b@x.example'] },
    });
  });

  it('has none for those that are connected by signing in', () =>
    expect(changeOf([], { ...newDraft(), name: 'Ours' })).toEqual(route));
});
