import { describe, expect, it } from 'vitest';
import { base64url } from 'jose';
import { restoredVersions, versionsOf, type VersionedState, type Versions } from './restored-versions.js';

const credentials = (tag: string, kid: string) => ({
  protected: base64url.encode(JSON.stringify({ kid })),
  encrypted_key: '',
  iv: '',
  ciphertext: '',
  tag,
});
const state = (
  version: number,
  credentialsVersion: number,
  { tag = 'a', kid = 'k', sealed = null }: { tag?: string; kid?: string; sealed?: number | null } = {},
): VersionedState => ({ version, credentialsVersion, credentials: credentials(tag, kid), sealedVersion: sealed });
const versions = (version: number, credentialsVersion: number, sealedVersion: number | null = null): Versions => ({
  version,
  credentialsVersion,
  sealedVersion,
});

describe('the versions of a row that differs from its topic', () => {
  it.each<[string, VersionedState, VersionedState | undefined, Versions]>([
    ['stay where the topic has nothing of it', state(3, 2), undefined, versions(3, 2)],
    ['stay where the topic is behind', state(4, 2), state(3, 2), versions(4, 2)],
    ['stay where the topic is behind fresh credentials', state(4, 3, { tag: 'b' }), state(3, 2), versions(4, 3)],
    ['grow past those of a topic that is ahead', state(2, 1), state(7, 1), versions(8, 1)],
    ['grow where another state has the same one', state(3, 1), state(3, 1), versions(4, 1)],
    [
      'grow for other credentials, which are sealed under their old one',
      state(2, 1),
      state(5, 4, { tag: 'b' }),
      versions(6, 5, 1),
    ],
    ['grow for other credentials of the same version', state(3, 2), state(3, 2, { tag: 'b' }), versions(4, 3, 2)],
    ['grow for older credentials of a newer state', state(9, 2), state(8, 4, { tag: 'b' }), versions(10, 5, 2)],
    ['grow again after a second restore', state(2, 5, { sealed: 1 }), state(9, 8, { tag: 'b' }), versions(10, 9, 1)],
    ['follow those of the same credentials', state(2, 1), state(9, 6, { sealed: 1 }), versions(10, 6, 1)],
    ['stay after a rotation of the key', state(4, 2, { tag: 'b', kid: 'new' }), state(3, 2), versions(4, 2)],
    [
      'grow where a restored row lies under an older key',
      state(3, 2, { kid: 'old' }),
      state(4, 2, { tag: 'b' }),
      versions(5, 3, 2),
    ],
  ])('%s', (_, row, seen, expected) => {
    expect(restoredVersions(row, seen && versionsOf(seen))).toEqual(expected);
  });
});
