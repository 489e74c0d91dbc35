import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OauthTokens } from './oauth-tokens.js';
import { TokenEndpoint } from './secured.suite.js';

let endpoint: TokenEndpoint;
beforeAll(async () => {
  endpoint = await new TokenEndpoint().start();
});
afterAll(() => endpoint.close());
beforeEach(() => {
  endpoint.asked = [];
  endpoint.status = 200;
  endpoint.lifetimeS = 300;
});

function tokensAt(clock: { now: number }): OauthTokens {
  const settings = { tokenUrl: endpoint.url, clientId: 'a b', clientSecret: 'token-secret' };
  return new OauthTokens(settings, () => clock.now);
}

describe('tokens by client credentials', () => {
  it('are asked for once, and again shortly before their end', async () => {
    const clock = { now: 0 };
    const tokens = tokensAt(clock);
    const [first, second] = await Promise.all([tokens.current(), tokens.current()]);
    expect(second).toBe(first);
    clock.now = 239_000;
    expect(await tokens.current()).toBe(first);
    expect(endpoint.asked).toEqual([
      {
        authorization: `Basic ${Buffer.from('a%20b:token-secret').toString('base64')}`,
        body: 'grant_type=client_credentials',
      },
    ]);
    clock.now = 240_000;
    expect(await tokens.current()).not.toBe(first);
    expect(endpoint.asked).toHaveLength(2);
  });

  it('serve to their end where the endpoint fails, and no longer', async () => {
    const clock = { now: 0 };
    const tokens = tokensAt(clock);
    const first = await tokens.current();
    endpoint.status = 503;
    clock.now = 299_000;
    expect(await tokens.current()).toBe(first);
    clock.now = 300_000;
    await expect(tokens.current()).rejects.toThrow('the token endpoint answered 503 invalid_client');
    endpoint.status = 200;
    expect(await tokens.current()).not.toBe(first);
  });

  it('that are short are asked for in time to authenticate again', async () => {
    endpoint.lifetimeS = 30;
    const clock = { now: 0 };
    const tokens = tokensAt(clock);
    const first = await tokens.current();
    clock.now = 15_000;
    expect(await tokens.current()).not.toBe(first);
  });
});
