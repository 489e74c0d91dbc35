import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Publisher, ensureTopics, type KafkaSettings } from './index.js'; // before kafkajs, parts of which it replaces
import { eventually } from '../../../test/support/eventually.js';
import { inBackground } from '../../../test/support/in-background.js';
import { makeAuthority } from '../../../test/support/certificates.js';
import { startSecuredKafka, type SecuredKafkaServer } from '../../../test/support/secured-kafka.js';
import { freeBase } from '../../../tools/stack/ports.js';
import { TokenEndpoint, allowAll, forbidAll, listened, type Line } from './secured.suite.js';
import { collect } from './testing.suite.js';

const PASSWORD = 'right-password';
const dataDir = mkdtempSync(join(tmpdir(), 'nitropush-secured-'));
let kafka: SecuredKafkaServer;
let tokens: TokenEndpoint;

beforeAll(async () => {
  tokens = await new TokenEndpoint().start();
  kafka = await startSecuredKafka({
    dataDir,
    port: (await freeBase()) + 92,
    users: { alice: PASSWORD, bob: PASSWORD },
  });
  await allowAll(kafka.plain, ['alice']);
}, 150_000);
afterAll(async () => {
  await kafka?.stop();
  await tokens?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const trusted = (): KafkaSettings['tls'] => ({ ca: { text: kafka.authority.cert } });
const alice = (password = PASSWORD): KafkaSettings['sasl'] => ({
  mechanism: 'scram-sha-512',
  username: 'alice',
  password,
});
const bearer = (clientId: string, clientSecret = 'token-secret'): KafkaSettings['sasl'] => ({
  mechanism: 'oauthbearer',
  tokenUrl: tokens.url,
  clientId,
  clientSecret,
  scope: 'kafka',
});
type Wish = () => Partial<KafkaSettings> & { brokers: string[] };

/** Sends a record to a topic of its own, and reads it. */
async function expectCarries(wish: ReturnType<Wish>): Promise<void> {
  const { connection, lines } = listened(wish);
  const publisher = new Publisher(connection);
  try {
    await publisher.connect();
    const name = `test.${randomUUID()}`;
    await ensureTopics(connection, [{ name, partitions: 1 }]);
    await publisher.publish(name, { key: 'a', value: 'b' });
    const records = await collect({ connection, publisher, close: async () => undefined }, name);
    await eventually(() => expect(records.map(({ key }) => key)).toEqual(['a']));
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  } finally {
    await publisher.disconnect();
    await connection.close();
  }
}

describe('brokers that want to know who is there', () => {
  it.each<[string, Wish]>([
    ['SCRAM-SHA-512', () => ({ brokers: [kafka.saslSsl], tls: trusted(), sasl: alice() })],
    [
      'SCRAM-SHA-256',
      () => ({
        brokers: [kafka.saslSsl],
        tls: trusted(),
        sasl: { mechanism: 'scram-sha-256', username: 'alice', password: PASSWORD },
      }),
    ],
    [
      'PLAIN',
      () => ({
        brokers: [kafka.saslSsl],
        tls: trusted(),
        sasl: { mechanism: 'plain', username: 'alice', password: PASSWORD },
      }),
    ],
    ['OAUTHBEARER', () => ({ brokers: [kafka.saslSsl], tls: trusted(), sasl: bearer('alice') })],
    ['SCRAM without TLS', () => ({ brokers: [kafka.saslPlain], sasl: alice() })],
  ])('are reached by %s', (_, wish) => expectCarries(wish()));

  it('are reached by a client certificate', async () => {
    const { cert, key } = await kafka.authority.issue({ name: 'alice' });
    await expectCarries({
      brokers: [kafka.mutualTls],
      tls: { ca: { text: kafka.authority.cert }, cert: { text: cert }, key: { text: key } },
    });
  });

  it('are asked for with one token by many connections', async () => {
    tokens.asked = [];
    await expectCarries({ brokers: [kafka.saslSsl], tls: trusted(), sasl: bearer('alice') });
    expect(tokens.asked).toHaveLength(1);
    expect(tokens.asked[0]!.body).toBe('grant_type=client_credentials&scope=kafka');
  });
});

/** What was logged by the time that it had been tried again, several times. */
async function refused(wish: ReturnType<Wish>): Promise<Line[]> {
  const { connection, lines } = listened({ ...wish });
  try {
    const ask = (): Promise<unknown> => connection.admin().then((admin) => admin.listTopics());
    await eventually(async () => {
      await expect(ask()).rejects.toThrow();
      expect(await connection.accepted()).toBe(false);
    });
    await expect(ask()).rejects.toThrow();
    return lines.filter(({ level }) => level !== 'debug');
  } finally {
    await connection.close();
  }
}

describe('a refusal is one line that says what to check', () => {
  const another = makeAuthority('Another authority');
  it.concurrent.each<[string, Wish | (() => Promise<ReturnType<Wish>>), RegExp, RegExp]>([
    [
      'a wrong password',
      () => ({ brokers: [kafka.saslSsl], tls: trusted(), sasl: alice('wrong-password') }),
      /user or the password/,
      /KAFKA_SASL_PASSWORD/,
    ],
    [
      'a wrong password without SCRAM',
      () => ({
        brokers: [kafka.saslSsl],
        tls: trusted(),
        sasl: { mechanism: 'plain', username: 'alice', password: 'wrong-password' },
      }),
      /user or the password/,
      /KAFKA_SASL_PASSWORD/,
    ],
    [
      'an authority that is not trusted',
      () => ({ brokers: [kafka.saslSsl], tls: {}, sasl: alice() }),
      /not signed by an authority/,
      /KAFKA_TLS_CA/,
    ],
    [
      'a certificate for another name',
      () => ({
        brokers: [kafka.saslSsl.replace('127.0.0.1', 'localhost')],
        tls: trusted(),
        sasl: alice(),
      }),
      /for another name/,
      /KAFKA_BROKERS/,
    ],
    ['TLS where there is none', () => ({ brokers: [kafka.plain], tls: trusted() }), /does not speak TLS/, /KAFKA_TLS/],
    ['no TLS where there is', () => ({ brokers: [kafka.saslSsl], sasl: alice() }), /wants TLS/, /KAFKA_TLS/],
    [
      'SASL where there is none',
      () => ({ brokers: [kafka.plain], sasl: alice() }),
      /wants no SASL/,
      /KAFKA_SASL_MECHANISM/,
    ],
    [
      'no SASL where there is',
      () => ({ brokers: [kafka.saslSsl], tls: trusted() }),
      /may want SASL or TLS/,
      /KAFKA_SASL_MECHANISM/,
    ],
    [
      'no client certificate',
      () => ({ brokers: [kafka.mutualTls], tls: trusted() }),
      /our certificate/,
      /KAFKA_TLS_CERT/,
    ],
    [
      'a client certificate of another authority',
      async () => {
        const { cert, key } = await (await another).issue({ name: 'alice' });
        return {
          brokers: [kafka.mutualTls],
          tls: { ca: { text: kafka.authority.cert }, cert: { text: cert }, key: { text: key } },
        };
      },
      /our certificate/,
      /KAFKA_TLS_CERT/,
    ],
    [
      'a client that the token endpoint does not know',
      () => ({ brokers: [kafka.saslSsl], tls: trusted(), sasl: bearer('alice', 'wrong-secret') }),
      /token endpoint answered 401 invalid_client/,
      /KAFKA_OAUTH_CLIENT_SECRET/,
    ],
    [
      'a token endpoint that is away',
      () => ({
        brokers: [kafka.saslSsl],
        tls: trusted(),
        sasl: { mechanism: 'oauthbearer', tokenUrl: 'http://127.0.0.1:1/', clientId: 'a', clientSecret: 'b' },
      }),
      /token endpoint failed: ECONNREFUSED/,
      /KAFKA_OAUTH_TOKEN_URL/,
    ],
    [
      'a token that the brokers do not accept',
      () => ({ brokers: [kafka.saslSsl], tls: trusted(), sasl: bearer('nobody') }),
      /do not accept the token/,
      /KAFKA_OAUTH/,
    ],
  ])('%s', async (_, wish, reason, check) => {
    const lines = await refused(await wish());
    expect(lines).toEqual([
      {
        level: 'error',
        text: 'kafka.refused',
        fields: expect.objectContaining({
          reason: expect.stringMatching(reason) as string,
          check: expect.stringMatching(check) as string,
        }) as object,
      },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/wrong-password|wrong-secret|token-secret/);
  });
});

describe('topics that a service may not create', () => {
  it.each<[string, Partial<KafkaSettings>, RegExp]>([
    ['because the brokers do not allow it', {}, /the brokers do not allow it to create them/],
    ['because it is told not to', { createTopics: false }, /KAFKA_CREATE_TOPICS is false/],
  ])('are named in one line, %s, and waited for', async (_, settings, why) => {
    const sasl = { mechanism: 'scram-sha-512' as const, username: 'bob', password: PASSWORD };
    const topicPrefix = 'acme.';
    const { connection, lines } = listened({
      brokers: [kafka.saslSsl],
      tls: trusted(),
      sasl,
      topicPrefix,
      ...settings,
    });
    const name = `test.${randomUUID()}`;
    const made = inBackground(ensureTopics(connection, [{ name, partitions: 1 }]));
    const said = (): Line[] => lines.filter(({ level }) => level === 'error' || level === 'warn');
    await eventually(() => expect(said()).toHaveLength(1));
    expect(said()[0]!.fields['reason']).toMatch(why);
    expect(said()[0]!.fields['reason']).toContain(`topic acme.${name} does not exist`);
    expect(said()[0]!.fields['check']).toContain('KAFKA_CREATE_TOPICS');
    expect(await connection.accepted()).toBe(false);
    const owner = listened({ brokers: [kafka.plain], topicPrefix });
    await ensureTopics(owner.connection, [{ name, partitions: 1 }]);
    await allowAll(kafka.plain, ['bob']);
    await made;
    expect(await connection.accepted()).toBe(true);
    await forbidAll(kafka.plain, ['bob']);
    await Promise.all([owner.connection.close(), connection.close()]);
  });
});
