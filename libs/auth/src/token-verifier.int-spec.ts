import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '#libs/observability';
import { startTestIdentity, type TestIdentity } from '../../../test/support/test-identity.js';
import { TokenVerifier } from './index.js';

let identity: TestIdentity;
let verifier: TokenVerifier;
beforeAll(async () => {
  identity = await startTestIdentity();
  verifier = new TokenVerifier(
    { authIssuer: 'nitropush-local', authAudience: 'nitropush-notifications', authJwksUrl: identity.jwksUrl },
    createLogger('auth', 'error'),
  );
});
afterAll(() => identity?.close());

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

async function verify(claims: Record<string, number>, expires: number): Promise<string> {
  const token = await identity.sign({ org: 'acme', role: 'owner', ...claims }, expires);
  return verifier.verify(`Bearer ${token}`).then(
    ({ userId }) => userId,
    ({ status }: { status: number }) => `refused: ${status}`,
  );
}

describe('an identity provider whose clock differs from ours', () => {
  it.each([
    ['a moment ahead', { iat: 1, nbf: 1 }, 600, 'user-1'],
    ['20 s ahead', { iat: 20, nbf: 20 }, 600, 'user-1'],
    ['20 s behind, with a token about to expire', { iat: -320 }, -20, 'user-1'],
    ['minutes ahead', { iat: 120, nbf: 120 }, 600, 'refused: 401'],
    ['minutes behind', { iat: -720 }, -120, 'refused: 401'],
  ])('%s', async (_, times, expires, said) => {
    const claims = Object.fromEntries(Object.entries(times).map(([claim, seconds]) => [claim, inSeconds(seconds)]));
    expect(await verify(claims, inSeconds(expires))).toBe(said);
  });
});
