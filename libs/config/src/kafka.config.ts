import { X509Certificate, createPrivateKey } from 'node:crypto';
import { boolean, hostAndPort, httpUrl, integer, list, oneOfTexts, text } from './parsers.js';
import { certificatesSetting, privateKeySetting, type Pem } from './pem.js';
import { ServiceSettings } from './service.config.js';
import { Setting } from './setting.js';

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer'] as const;
export type SaslMechanism = (typeof MECHANISMS)[number];

const mechanism = oneOfTexts(MECHANISMS);

/** Brokers take names of 249 characters; the longest of ours has fewer than 40. */
function namePrefix(value: string): string {
  if (/^[\w.-]{1,200}$/.test(value)) return value;
  throw new Error('must be up to 200 letters, digits, dots, hyphens and underscores');
}

/** How a service reaches the brokers, and under which names it finds its topics and groups there. */
export class KafkaClientSettings extends ServiceSettings {
  /** Bootstrap servers, host:port, comma-separated. */
  @Setting({ env: 'KAFKA_BROKERS', parse: list(hostAndPort) })
  kafkaBrokers: string[];

  /** Copies of each topic; with 3, two of them must have a record before it counts as sent. */
  @Setting({ env: 'KAFKA_REPLICATION_FACTOR', parse: integer(1, 9), local: 1, default: 3 })
  kafkaReplicationFactor: number;

  /** Whether topics that are missing are created. With `false` the service waits for them, and names them. */
  @Setting({ env: 'KAFKA_CREATE_TOPICS', parse: boolean, default: true })
  kafkaCreateTopics: boolean;

  /** Stands before the name of every topic. */
  @Setting({ env: 'KAFKA_TOPIC_PREFIX', parse: namePrefix, optional: true })
  kafkaTopicPrefix?: string;

  /** Stands before the name of every consumer group. */
  @Setting({ env: 'KAFKA_GROUP_PREFIX', parse: namePrefix, optional: true })
  kafkaGroupPrefix?: string;

  /** Whether the brokers are reached over TLS. Their certificates are always checked, names included. */
  @Setting({ env: 'KAFKA_TLS', parse: boolean, default: false })
  kafkaTls: boolean;

  /** Authorities that are trusted instead of the system's: PEM, inline or a file, which is read again when it changes. */
  @Setting({ env: 'KAFKA_TLS_CA', parse: certificatesSetting, optional: true })
  kafkaTlsCa?: Pem;

  /** The client's own certificate, with what leads to its authority: PEM, inline or a file. */
  @Setting({ env: 'KAFKA_TLS_CERT', parse: certificatesSetting, optional: true, requiredWith: 'KAFKA_TLS_KEY' })
  kafkaTlsCert?: Pem;

  /** Its private key: PEM without a passphrase, inline or a file. */
  @Setting({ env: 'KAFKA_TLS_KEY', parse: privateKeySetting, optional: true, requiredWith: 'KAFKA_TLS_CERT' })
  kafkaTlsKey?: Pem;

  /** plain, scram-sha-256, scram-sha-512 or oauthbearer; without it there is no SASL. */
  @Setting<SaslMechanism>({
    env: 'KAFKA_SASL_MECHANISM',
    parse: (value) => mechanism(value.toLowerCase()),
    optional: true,
  })
  kafkaSaslMechanism?: SaslMechanism;

  /** User for plain and scram. */
  @Setting({ env: 'KAFKA_SASL_USERNAME', parse: text, optional: true })
  kafkaSaslUsername?: string;

  /** That user's password. */
  @Setting({ env: 'KAFKA_SASL_PASSWORD', parse: text, optional: true })
  kafkaSaslPassword?: string;

  /** Where oauthbearer gets its tokens, by client credentials. */
  @Setting({ env: 'KAFKA_OAUTH_TOKEN_URL', parse: httpUrl, optional: true })
  kafkaOauthTokenUrl?: string;

  /** Client id there. */
  @Setting({ env: 'KAFKA_OAUTH_CLIENT_ID', parse: text, optional: true })
  kafkaOauthClientId?: string;

  /** Client secret there. */
  @Setting({ env: 'KAFKA_OAUTH_CLIENT_SECRET', parse: text, optional: true })
  kafkaOauthClientSecret?: string;

  /** Scope that is asked for, where the endpoint wants one. */
  @Setting({ env: 'KAFKA_OAUTH_SCOPE', parse: text, optional: true })
  kafkaOauthScope?: string;

  /** Settings that are right by themselves and make no sense together: a line each. */
  conflicts(): string[] {
    return [...tlsConflicts(this), ...saslConflicts(this), ...productionConflicts(this)];
  }
}

/** The variables, by the values that some of them have. */
type Named = Record<string, unknown>;
const setIn = (named: Named): string[] => Object.keys(named).filter((name) => named[name] !== undefined);

function tlsConflicts({ kafkaTls, kafkaTlsCa, kafkaTlsCert, kafkaTlsKey }: KafkaClientSettings): string[] {
  if (!kafkaTls)
    return setIn({ KAFKA_TLS_CA: kafkaTlsCa, KAFKA_TLS_CERT: kafkaTlsCert, KAFKA_TLS_KEY: kafkaTlsKey }).map(
      (name) => `${name}: has no effect unless KAFKA_TLS is true`,
    );
  if (!kafkaTlsCert || !kafkaTlsKey) return [];
  const own = new X509Certificate(kafkaTlsCert.text).checkPrivateKey(createPrivateKey(kafkaTlsKey.text));
  return own ? [] : ['KAFKA_TLS_KEY: must be the key of the first certificate in KAFKA_TLS_CERT'];
}

function saslConflicts(settings: KafkaClientSettings): string[] {
  const user = { KAFKA_SASL_USERNAME: settings.kafkaSaslUsername, KAFKA_SASL_PASSWORD: settings.kafkaSaslPassword };
  const client = {
    KAFKA_OAUTH_TOKEN_URL: settings.kafkaOauthTokenUrl,
    KAFKA_OAUTH_CLIENT_ID: settings.kafkaOauthClientId,
    KAFKA_OAUTH_CLIENT_SECRET: settings.kafkaOauthClientSecret,
  };
  const { kafkaSaslMechanism: chosen } = settings;
  const byToken = chosen === 'oauthbearer';
  const needed: Named = chosen === undefined ? {} : byToken ? client : user;
  const idle: Named = {
    ...(byToken || chosen === undefined ? user : {}),
    ...(byToken ? {} : { ...client, KAFKA_OAUTH_SCOPE: settings.kafkaOauthScope }),
  };
  const use = (name: string): string => (name in user ? 'plain or scram' : 'oauthbearer');
  return [
    ...Object.keys(needed)
      .filter((name) => needed[name] === undefined)
      .map((name) => `${name}: must be set where KAFKA_SASL_MECHANISM is ${chosen}`),
    ...setIn(idle).map((name) => `${name}: has no effect unless KAFKA_SASL_MECHANISM is ${use(name)}`),
  ];
}

/** What a listener on the way could read. SCRAM shows no password, so it may do without TLS. */
function productionConflicts(settings: KafkaClientSettings): string[] {
  const { mode, kafkaTls, kafkaSaslMechanism: chosen, kafkaOauthTokenUrl: tokenUrl } = settings;
  if (mode !== 'production') return [];
  const shown = chosen === 'plain' ? 'passwords' : chosen === 'oauthbearer' ? 'tokens' : undefined;
  return [
    ...(shown && !kafkaTls
      ? [`KAFKA_TLS: must be true in production mode: SASL ${chosen} sends ${shown} as they are`]
      : []),
    ...(tokenUrl?.startsWith('http:') ? ['KAFKA_OAUTH_TOKEN_URL: must begin with https:// in production mode'] : []),
  ];
}
