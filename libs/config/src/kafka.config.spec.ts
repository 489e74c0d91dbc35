import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeAuthority } from '../../../test/support/certificates.js';
import { KafkaClientSettings, SettingsError, loadSettings } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'nitropush-pem-'));
afterAll(() => rmSync(folder, { recursive: true }));

const NEEDED = { PORT: '4001', KAFKA_BROKERS: 'kafka:9092' };
const PRODUCTION = {
  NITROPUSH_MODE: 'production',
  AUTH_ISSUER: 'https://id.example.com',
  AUTH_AUDIENCE: 'a',
  AUTH_JWKS_URL: 'https://id.example.com/keys',
};
const OAUTH = {
  KAFKA_SASL_MECHANISM: 'oauthbearer',
  KAFKA_OAUTH_TOKEN_URL: 'https://id.example.com/token',
  KAFKA_OAUTH_CLIENT_ID: 'a',
  KAFKA_OAUTH_CLIENT_SECRET: 'hunter2',
};
const USER = { KAFKA_SASL_USERNAME: 'ada', KAFKA_SASL_PASSWORD: 'hunter2' };

const load = (env: NodeJS.ProcessEnv): KafkaClientSettings => loadSettings(KafkaClientSettings, { ...NEEDED, ...env });
function linesOf(env: NodeJS.ProcessEnv): string[] {
  try {
    load(env);
  } catch (error) {
    return (error as SettingsError).lines;
  }
  return [];
}

describe('settings of Kafka', () => {
  it.each<[string, NodeJS.ProcessEnv, string[]]>([
    ['nothing at all', {}, []],
    ['a user', { KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512', ...USER }, []],
    ['a token', OAUTH, []],
    ['a user in production', { ...PRODUCTION, KAFKA_SASL_MECHANISM: 'scram-sha-512', ...USER }, []],
    [
      'a mechanism that does not exist',
      { KAFKA_SASL_MECHANISM: 'hunter2' },
      ['KAFKA_SASL_MECHANISM: must be one of plain, scram-sha-256, scram-sha-512, oauthbearer'],
    ],
    [
      'a user without a password',
      { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'ada' },
      ['KAFKA_SASL_PASSWORD: must be set where KAFKA_SASL_MECHANISM is plain'],
    ],
    [
      'a user without a mechanism',
      USER,
      [
        'KAFKA_SASL_USERNAME: has no effect unless KAFKA_SASL_MECHANISM is plain or scram',
        'KAFKA_SASL_PASSWORD: has no effect unless KAFKA_SASL_MECHANISM is plain or scram',
      ],
    ],
    [
      'a token endpoint beside a user',
      { KAFKA_SASL_MECHANISM: 'plain', ...USER, KAFKA_OAUTH_TOKEN_URL: 'https://hunter2' },
      ['KAFKA_OAUTH_TOKEN_URL: has no effect unless KAFKA_SASL_MECHANISM is oauthbearer'],
    ],
    [
      'a token without a client',
      { KAFKA_SASL_MECHANISM: 'oauthbearer', KAFKA_OAUTH_TOKEN_URL: 'https://hunter2' },
      [
        'KAFKA_OAUTH_CLIENT_ID: must be set where KAFKA_SASL_MECHANISM is oauthbearer',
        'KAFKA_OAUTH_CLIENT_SECRET: must be set where KAFKA_SASL_MECHANISM is oauthbearer',
      ],
    ],
    [
      'a password in clear text, in production',
      { ...PRODUCTION, KAFKA_SASL_MECHANISM: 'plain', ...USER },
      ['KAFKA_TLS: must be true in production mode: SASL plain sends passwords as they are'],
    ],
    [
      'tokens in clear text, in production',
      { ...PRODUCTION, ...OAUTH, KAFKA_OAUTH_TOKEN_URL: 'http://hunter2' },
      [
        'KAFKA_TLS: must be true in production mode: SASL oauthbearer sends tokens as they are',
        'KAFKA_OAUTH_TOKEN_URL: must begin with https:// in production mode',
      ],
    ],
    [
      'a file that is not there',
      { KAFKA_TLS: 'true', KAFKA_TLS_CA: '/hunter2.pem' },
      ['KAFKA_TLS_CA: must be one or more certificates in PEM, or the path of a readable file with that'],
    ],
    [
      'a prefix with a blank',
      { KAFKA_TOPIC_PREFIX: 'hunter 2' },
      ['KAFKA_TOPIC_PREFIX: must be up to 200 letters, digits, dots, hyphens and underscores'],
    ],
  ])('%s', (_, env, lines) => {
    expect(linesOf(env)).toEqual(lines);
  });

  it('take certificates inline and from a file, and check that the key belongs to them', async () => {
    const authority = await makeAuthority('Test');
    const own = await authority.issue({ name: 'releases' });
    const file = join(folder, 'ca.pem');
    writeFileSync(file, `# where it is from\n${authority.cert}${authority.cert}`);
    const env = { KAFKA_TLS: 'true', KAFKA_TLS_CA: file, KAFKA_TLS_CERT: own.cert, KAFKA_TLS_KEY: own.key };
    expect(load(env)).toMatchObject({ kafkaTlsCa: { file }, kafkaTlsCert: { text: own.cert.trim() } });
    const inOneLine = load({ ...env, KAFKA_TLS_CERT: own.cert.replaceAll('\n', '\\n') });
    expect(inOneLine.kafkaTlsCert).toEqual({ text: own.cert.trim() });
    expect(linesOf({ ...env, KAFKA_TLS: 'false' })).toHaveLength(3);
    expect(linesOf({ ...env, KAFKA_TLS_KEY: '' })).toEqual(['KAFKA_TLS_KEY: must be set where KAFKA_TLS_CERT is']);
    expect(linesOf({ ...env, KAFKA_TLS_CA: own.key })).toHaveLength(1);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const other = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    expect(linesOf({ ...env, KAFKA_TLS_KEY: other })).toEqual([
      'KAFKA_TLS_KEY: must be the key of the first certificate in KAFKA_TLS_CERT',
    ]);
    const locked = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hunter2' });
    expect(linesOf({ ...env, KAFKA_TLS_KEY: locked as string })).toEqual([
      'KAFKA_TLS_KEY: must be a private key without a passphrase in PEM, or the path of a readable file with that',
    ]);
  });
});
