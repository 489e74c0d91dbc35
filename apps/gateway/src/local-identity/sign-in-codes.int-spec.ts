import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSigningKey, startGateway, type Gateway } from '../gateway.suite.js';

let gateway: Gateway;

beforeEach(async () => {
  gateway = await startGateway({
    AUTH_JWKS_URL: 'http://127.0.0.1:1',
    AUTH_LOCAL_SIGNING_KEY: JSON.stringify(await newSigningKey()),
    RELEASES_URL: 'http://127.0.0.1:1',
    CONSOLE_DIR: '/nowhere',
  });
});
afterEach(() => gateway.app.close());

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(`${gateway.origin}/api/v1/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('the code of a sign-in link', () => {
  it('is worth one token, for the role and organization that it was made for', async () => {
    const who = { role: 'admin', organizationId: '0190a0de-1111-7000-8000-000000000003' };
    const { code } = (await (await post('sign-in-codes', who)).json()) as { code: string };
    expect(code).toMatch(/^[A-Z0-9]{8}$/);
    const { token } = (await (await post('sign-in-codes/use', { code })).json()) as { token: string };
    expect(decodeJwt(token)).toMatchObject({ org: who.organizationId, role: who.role });
    const again = await post('sign-in-codes/use', { code });
    expect(again.status).toBe(410);
    expect(await again.json()).toMatchObject({ type: 'urn:nitropush:problem:sign-in-code-used' });
  });

  it('is refused where it is unknown or malformed', async () => {
    expect((await post('sign-in-codes/use', { code: 'AAAAAAAA' })).status).toBe(410);
    expect((await post('sign-in-codes/use', { code: '../x' })).status).toBe(400);
  });
});
