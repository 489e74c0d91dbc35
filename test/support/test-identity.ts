import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';

/** An identity provider: publishes its key and signs what local mode accepts. */
export interface TestIdentity {
  jwksUrl: string;
  /** A token with these claims, good for ten minutes unless said otherwise. */
  sign: (claims: Record<string, unknown>, expires?: string | number) => Promise<string>;
  close: () => Promise<void>;
}

export async function startTestIdentity(): Promise<TestIdentity> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256' }];
  const server = createServer((_request, response) => response.end(JSON.stringify({ keys })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sign: (claims, expires = '10m') =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid: 'test' })
        .setIssuer('nitropush-local')
        .setAudience('nitropush-notifications')
        .setSubject(typeof claims['sub'] === 'string' ? claims['sub'] : 'user-1')
        .setExpirationTime(expires)
        .sign(privateKey),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
