import { Setting, ServiceSettings, httpUrl, integer, jsonOrFile, list, port, text } from '#libs/config';
import { privateSigningKey, type PrivateSigningKey } from './local-identity/signing-key.js';

export class GatewaySettings extends ServiceSettings {
  /** Port of the one origin that people and programs use; `GATEWAY_PORT` where no `PORT` is given. */
  @Setting({ env: 'PORT', elseEnv: 'GATEWAY_PORT', parse: port, default: 4000 })
  override port: number;

  /** Port of the probes, the metrics and the gateway's own document, which is not for the public. */
  @Setting({ env: 'OPS_PORT', parse: port, default: 4009 })
  opsPort: number;

  /** Names of this machine, beside localhost, at which development tokens are given. */
  @Setting({ env: 'LOCAL_HOSTS', parse: list((name) => name.toLowerCase()), optional: true, localOnly: true })
  localHosts?: string[];

  /** Origin of the releases service. */
  @Setting({ env: 'RELEASES_URL', parse: httpUrl, local: 'http://127.0.0.1:4001' })
  releasesUrl: string;

  /** Origin of the integrations service. */
  @Setting({ env: 'INTEGRATIONS_URL', parse: httpUrl, local: 'http://127.0.0.1:4002' })
  integrationsUrl: string;

  /** Origin of the delivery service. */
  @Setting({ env: 'DELIVERY_URL', parse: httpUrl, local: 'http://127.0.0.1:4003' })
  deliveryUrl: string;

  /** Private ES256 key (a JWK, inline or a file) that signs development tokens; without it there are none. */
  @Setting({
    env: 'AUTH_LOCAL_SIGNING_KEY',
    parse: (value) => privateSigningKey(jsonOrFile(value)),
    optional: true,
    localOnly: true,
  })
  authLocalSigningKey?: PrivateSigningKey;

  /** The console's client id at the identity provider; without it the console offers no sign-in of its own. */
  @Setting({ env: 'AUTH_CLIENT_ID', parse: text, optional: true })
  authClientId?: string;

  /** Calls a second that one organization may make; twice as many more are let through as a burst within 10 s. */
  @Setting({ env: 'RATE_LIMIT_PER_SECOND', parse: integer(1, 1_000_000), local: 5_000, default: 200 })
  rateLimitPerSecond: number;

  /** Calls a second that one user may make, so that nobody uses up what their organization may; the burst is the same. */
  @Setting({ env: 'RATE_LIMIT_PER_USER_PER_SECOND', parse: integer(1, 1_000_000), local: 5_000, default: 100 })
  rateLimitPerUserPerSecond: number;

  /** Calls a second that one client address may make without a valid token; the burst is the same. */
  @Setting({ env: 'RATE_LIMIT_ANONYMOUS_PER_SECOND', parse: integer(1, 1_000_000), local: 500, default: 20 })
  rateLimitAnonymousPerSecond: number;

  /** Pages and files a second for one client address, which an office may share; the burst is the same. */
  @Setting({ env: 'RATE_LIMIT_PAGES_PER_SECOND', parse: integer(1, 1_000_000), local: 5_000, default: 300 })
  rateLimitPagesPerSecond: number;

  /** Calls of one organization that are answered at the same time: fewer than the 256 connections to each service. */
  @Setting({ env: 'CALLS_AT_ONCE_PER_ORGANIZATION', parse: integer(1, 100_000), local: 1_000, default: 128 })
  callsAtOncePerOrganization: number;

  /** Calls of one user that are answered at the same time. */
  @Setting({ env: 'CALLS_AT_ONCE_PER_USER', parse: integer(1, 100_000), local: 1_000, default: 64 })
  callsAtOncePerUser: number;

  /** Connections of clients at once; each needs a descriptor, and memory. */
  @Setting({ env: 'MAX_CONNECTIONS', parse: integer(1, 1_000_000), default: 10_000 })
  maxConnections: number;

  /** Of those, from one address (of IPv6, one /64): an office of 150 with six each. No limit where TRUSTED_PROXIES is not 0. */
  @Setting({ env: 'MAX_CONNECTIONS_PER_ADDRESS', parse: integer(1, 1_000_000), local: 5_000, default: 1_000 })
  maxConnectionsPerAddress: number;

  /** How many proxies stand before the gateway: their X-Forwarded-For entries are believed, no others. */
  @Setting({ env: 'TRUSTED_PROXIES', parse: integer(0, 10), default: 0 })
  trustedProxies: number;

  /** Folder of the built console; where it holds no index.html, `/` leads to the API documentation. */
  @Setting({ env: 'CONSOLE_DIR', parse: text, default: 'dist/apps/console' })
  consoleDir: string;

  /** Settings that are right by themselves and make no sense together: a line each. */
  conflicts(): string[] {
    return this.opsPort === this.port ? ['OPS_PORT: must differ from PORT'] : [];
  }
}
