import type { KafkaClientSettings } from '#libs/config';
import { KafkaConnection } from './connection.js';
import type { KafkaLogger } from './logger.js';
import type { SaslSettings } from './sasl.js';
import type { TlsSettings } from './tls-identity.js';

/** A connection from a service's settings; with several replicas, all but one must have a record before it counts as sent. */
export function connectionFor(service: string, settings: KafkaClientSettings, logger: KafkaLogger): KafkaConnection {
  const { kafkaBrokers: brokers, kafkaReplicationFactor: replicationFactor } = settings;
  return new KafkaConnection(
    {
      brokers,
      clientId: `nitropush-${service}`,
      replicationFactor,
      minInsyncReplicas: Math.max(1, replicationFactor - 1),
      tls: tlsOf(settings),
      sasl: saslOf(settings),
      topicPrefix: settings.kafkaTopicPrefix,
      groupPrefix: settings.kafkaGroupPrefix,
      createTopics: settings.kafkaCreateTopics,
    },
    logger,
  );
}

function tlsOf({
  kafkaTls,
  kafkaTlsCa: ca,
  kafkaTlsCert: cert,
  kafkaTlsKey: key,
}: KafkaClientSettings): TlsSettings | undefined {
  return kafkaTls ? { ca, cert, key } : undefined;
}

/** What is missing here was refused when the settings were read. */
function saslOf(settings: KafkaClientSettings): SaslSettings | undefined {
  const { kafkaSaslMechanism: mechanism, kafkaOauthScope: scope } = settings;
  if (mechanism === undefined) return undefined;
  if (mechanism !== 'oauthbearer')
    return { mechanism, username: settings.kafkaSaslUsername!, password: settings.kafkaSaslPassword! };
  return {
    mechanism,
    tokenUrl: settings.kafkaOauthTokenUrl!,
    clientId: settings.kafkaOauthClientId!,
    clientSecret: settings.kafkaOauthClientSecret!,
    scope,
  };
}
