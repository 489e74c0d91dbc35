import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readToken, subscriptionOf, tokenOf } from './unsubscribe-token.js';

const key = randomBytes(32);
const integrationId = randomUUID();
const ada = subscriptionOf(key, integrationId, 'ada@example.com');
const token = tokenOf(key, ada);

describe('the token of an unsubscribe link', () => {
  it('names one recipient of one integration, and says no address', () => {
    expect(readToken(key, token)).toEqual(ada);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('ada');
    expect(subscriptionOf(key, integrationId, 'Ada@Example.com')).toEqual(ada);
  });

  it('is another one for each recipient, integration and key', () => {
    const others = [
      tokenOf(key, subscriptionOf(key, integrationId, 'bob@example.com')),
      tokenOf(key, subscriptionOf(key, randomUUID(), 'ada@example.com')),
      tokenOf(randomBytes(32), ada),
    ];
    expect(new Set([token, ...others]).size).toBe(4);
  });

  it('is refused where a single character of it was changed', () => {
    for (let at = 0; at < token.length; at += 1) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(readToken(key, changed)).toBeNull();
    }
  });

  it.each([
    '',
    'x',
    token.slice(1),
    `${token}A`,
    `${token}=`,
    token.toUpperCase(),
    '../'.repeat(21) + 'a',
    'é'.repeat(64),
  ])('is refused as %j', (text) => expect(readToken(key, text)).toBeNull());

  it('is refused under another key', () => expect(readToken(randomBytes(32), token)).toBeNull());
});
