import { describe, expect, it } from 'vitest';
import type { SealedSigningSecret } from '#libs/contracts';
import { newSigningSecret, rotated } from './signing-secret.js';

const sealed = { protected: 'p', encrypted_key: 'k', iv: 'i', ciphertext: 'c', tag: 't' };
const now = new Date('2026-11-23T10:00:00.000Z');
const secret = (version: number, validUntil: string | null): SealedSigningSecret => ({ sealed, version, validUntil });

describe('a signing secret', () => {
  it('is 32 random bytes in the standard form', () => {
    expect(newSigningSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newSigningSecret()).not.toBe(newSigningSecret());
  });

  it('leaves the one before it 24 hours', () => {
    expect(rotated([secret(1, null)], { sealed, version: 2 }, now)).toEqual([
      secret(2, null),
      secret(1, '2026-11-24T10:00:00.000Z'),
    ]);
  });

  it('does not prolong an older one, and drops what is over', () => {
    const before = [secret(3, null), secret(2, '2026-11-23T12:00:00.000Z'), secret(1, '2026-11-23T09:59:59.000Z')];
    expect(
      rotated(before, { sealed, version: 4 }, now).map(({ version, validUntil }) => [version, validUntil]),
    ).toEqual([
      [4, null],
      [3, '2026-11-24T10:00:00.000Z'],
      [2, '2026-11-23T12:00:00.000Z'],
    ]);
  });
});
