import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addressOf, confirmationTokenOf, personOf, readConfirmationToken } from './confirmation-token.js';
import { subscriptionOf, tokenOf } from './unsubscribe-token.js';

const key = randomBytes(32);
const ada = personOf(key, 'org', 'ada@example.com');
const token = confirmationTokenOf(key, ada);

describe('the token of a confirmation link', () => {
  it('names one person of one organization, whatever the case of the address, and says no address', () => {
    expect(readConfirmationToken(key, token)).toEqual(ada);
    expect(personOf(key, 'org', 'ADA@Example.com')).toEqual(ada);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('ada');
  });

  it('is another one for each person, organization and key', () => {
    const others = [
      confirmationTokenOf(key, personOf(key, 'org', 'bob@example.com')),
      confirmationTokenOf(key, personOf(key, 'other', 'ada@example.com')),
      confirmationTokenOf(randomBytes(32), ada),
    ];
    expect(new Set([token, ...others]).size).toBe(4);
    expect(addressOf(key, 'ada@example.com')).not.toEqual(ada);
  });

  it('is refused where a single character of it was changed', () => {
    for (let at = 0; at < token.length; at += 1) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(readConfirmationToken(key, changed)).toBeNull();
    }
  });

  it.each(['', 'x', token.slice(1), `${token}A`, `${token}=`, token.toUpperCase(), 'é'.repeat(43)])(
    'is refused as %j',
    (text) => expect(readConfirmationToken(key, text)).toBeNull(),
  );

  it('is not that of an unsubscribe link, and is refused under another key', () => {
    expect(readConfirmationToken(key, tokenOf(key, subscriptionOf(key, randomUUID(), 'ada@example.com')))).toBeNull();
    expect(readConfirmationToken(randomBytes(32), token)).toBeNull();
  });
});
