import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

export const AUDIENCE = 'urn:nitropush:notifications';
export const CLIENT_ID = 'console';

export interface IdentityProvider {
  issuer: string;
  jwksUrl: string;
  /** How long access tokens live from now on, in seconds. */
  accessTokenSeconds: number;
  close: () => Promise<void>;
}

/** A real OpenID provider on this machine. Whoever signs in there belongs to the organization, as an owner. */
export async function startIdentityProvider(consoleUrl: string, organizationId: string): Promise<IdentityProvider> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const made: IdentityProvider = {
    issuer,
    jwksUrl: `${issuer}/jwks`,
    accessTokenSeconds: 600,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const signingKey = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' };
  const provider = new Provider(issuer, configurationOf(made, { consoleUrl, organizationId, signingKey }));
  server.on('request', provider.callback());
  return made;
}

function configurationOf(
  made: IdentityProvider,
  { consoleUrl, organizationId, signingKey }: { consoleUrl: string; organizationId: string; signingKey: object },
): Record<string, unknown> {
  return {
    jwks: { keys: [signingKey] },
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: 'native', // the kind that may come back to plain http on this machine
        token_endpoint_auth_method: 'none',
        id_token_signed_response_alg: 'ES256',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [`${consoleUrl}/signed-in`],
      },
    ],
    clientBasedCORS: () => true,
    pkce: { required: () => true },
    issueRefreshToken: () => true,
    cookies: { keys: ['a key of this test'] },
    features: {
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: made.accessTokenSeconds,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    extraTokenClaims: () => ({ org: organizationId, role: 'owner', name: 'Grace' }),
    findAccount: (_context: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
  };
}
