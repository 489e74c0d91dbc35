import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startKafka, type KafkaServer } from '../../tools/stack/kafka.js';
import { makeAuthority, type IssuedCertificate, type TestAuthority } from './certificates.js';

export interface SecuredKafkaServer {
  /** The listener without TLS, whose users may do anything: for the test's own client. */
  plain: string;
  /** TLS with a user (SCRAM, PLAIN, OAUTHBEARER). */
  saslSsl: string;
  /** TLS with a certificate of the client. */
  mutualTls: string;
  /** A user without TLS. */
  saslPlain: string;
  authority: TestAuthority;
  /** Starts it again where it was, with another certificate. */
  restartWith: (certificate: IssuedCertificate) => Promise<void>;
  stop: () => Promise<void>;
}

export interface SecuredKafkaOptions {
  dataDir: string;
  /** The first of six ports in a row. */
  port: number;
  /** User to password. */
  users: Record<string, string>;
}

/**
 * A real broker with TLS, users and an authorizer. Nobody may do anything but the clients of its plain listener, until
 * rights are given to them.
 */
export async function startSecuredKafka({ dataDir, port, users }: SecuredKafkaOptions): Promise<SecuredKafkaServer> {
  mkdirSync(dataDir, { recursive: true });
  const authority = await makeAuthority('Test authority');
  const files = { keys: join(dataDir, 'broker.pem'), ca: join(dataDir, 'ca.pem') };
  writeFileSync(files.ca, authority.cert);
  const start = (certificate: IssuedCertificate): Promise<KafkaServer> => {
    writeFileSync(files.keys, certificate.key + certificate.cert);
    return startKafka({
      root: process.cwd(),
      dataDir,
      port,
      controllerPort: port + 1,
      say: () => undefined,
      secured: {
        listeners: [
          { name: 'USERS', protocol: 'SASL_SSL', port: port + 2 },
          { name: 'CERTIFICATES', protocol: 'SSL', port: port + 3 },
          { name: 'BARE', protocol: 'SASL_PLAINTEXT', port: port + 4 },
        ],
        settings: settingsOf(files, users),
        users,
      },
    });
  };
  let server = await start(await authority.issue({ name: 'broker', addresses: ['127.0.0.1'] }));
  return {
    plain: `127.0.0.1:${port}`,
    saslSsl: `127.0.0.1:${port + 2}`,
    mutualTls: `127.0.0.1:${port + 3}`,
    saslPlain: `127.0.0.1:${port + 4}`,
    authority,
    restartWith: async (certificate) => {
      await server.stop();
      server = await start(certificate);
    },
    stop: () => server.stop(),
  };
}

const LOGIN = 'org.apache.kafka.common.security';

function settingsOf(files: { keys: string; ca: string }, users: Record<string, string>): Record<string, string> {
  const passwords = Object.entries(users).map(([name, password]) => `user_${name}="${password}"`);
  const sasl = (listener: string): Record<string, string> => ({
    [`listener.name.${listener}.sasl.enabled.mechanisms`]: 'SCRAM-SHA-256,SCRAM-SHA-512,PLAIN,OAUTHBEARER',
    [`listener.name.${listener}.scram-sha-256.sasl.jaas.config`]: `${LOGIN}.scram.ScramLoginModule required;`,
    [`listener.name.${listener}.scram-sha-512.sasl.jaas.config`]: `${LOGIN}.scram.ScramLoginModule required;`,
    [`listener.name.${listener}.plain.sasl.jaas.config`]: `${LOGIN}.plain.PlainLoginModule required ${passwords.join(' ')};`,
    // believes any token of the form that it knows: who signed it is not what is tested
    [`listener.name.${listener}.oauthbearer.sasl.jaas.config`]: `${LOGIN}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";`,
    [`listener.name.${listener}.oauthbearer.sasl.server.callback.handler.class`]: `${LOGIN}.oauthbearer.internals.unsecured.OAuthBearerUnsecuredValidatorCallbackHandler`,
  });
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': files.keys,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': files.ca,
    'listener.name.certificates.ssl.client.auth': 'required',
    'listener.name.certificates.ssl.principal.mapping.rules': 'RULE:^CN=([^,]+)$/$1/',
    ...sasl('users'),
    ...sasl('bare'),
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
  };
}
