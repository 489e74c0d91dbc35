import { opsPortOf, type Ports } from '../stack/ports.js';
import type { LocalSecrets } from '../stack/local-secrets.js';
import type { DatabaseName } from '../stack/databases.js';

export const SERVICES = ['releases', 'integrations', 'delivery', 'gateway', 'sandbox'] as const;
export type ServiceName = (typeof SERVICES)[number];

export interface EnvParts {
  ports: Ports;
  secrets: LocalSecrets;
  databaseUrls: Record<DatabaseName, string>;
  brokers: string;
  /** What the user set, and what tests override. */
  given: NodeJS.ProcessEnv;
}

/** What the supervisor decides for each service by itself. */
const DECIDED_HERE = ['PORT', 'OPS_PORT', 'DATABASE_URL'];

const WITH_KAFKA: ServiceName[] = ['releases', 'integrations', 'delivery'];

const EMPTY_IS_VALUE = ['OUTBOUND_ALLOWED_CIDRS'];

/** Secrets that the user may have set, and the only services that are given them. */
const SECRETS: Record<string, ServiceName[]> = {
  CREDENTIALS_PUBLIC_KEY: ['integrations'],
  CREDENTIALS_PRIVATE_KEYS: ['delivery'],
  AUTH_LOCAL_SIGNING_KEY: ['gateway'],
  SLACK_CLIENT_SECRET: ['integrations'],
  DISCORD_CLIENT_SECRET: ['integrations'],
  SMTP_URL: ['integrations', 'delivery'],
  KAFKA_TLS_KEY: WITH_KAFKA,
  KAFKA_SASL_PASSWORD: WITH_KAFKA,
  KAFKA_OAUTH_CLIENT_SECRET: WITH_KAFKA,
};

/** The environment of one service: what all share, and of the secrets only its own. Production gets no key made here. */
export function serviceEnv(service: ServiceName, parts: EnvParts): NodeJS.ProcessEnv {
  const { ports, brokers, given } = parts;
  const shared: NodeJS.ProcessEnv = {
    ...(isLocal(given) && standIns(parts)),
    ...(isLocal(given) && {
      ADMIN_BASE_URL: `http://localhost:${ports.gateway}`,
      AUTH_JWKS_URL: `${local(ports.gateway)}/.well-known/jwks.json`,
    }),
    ...without(given, [...DECIDED_HERE, ...Object.keys(SECRETS)]),
    PORT: String(ports[service]),
    KAFKA_BROKERS: brokers,
  };
  const secrets = { ...(isLocal(given) && madeHere(parts)), ...without(given, []) };
  return { ...shared, ...pick(secrets, secretsOf(service)), ...neighbours(service, parts) };
}

/** Its own database, and the services that it asks: through a balancer where one is given. */
function neighbours(service: ServiceName, { ports, databaseUrls, given }: EnvParts): NodeJS.ProcessEnv {
  const urls = {
    RELEASES_URL: given['RELEASES_URL'] || local(ports.releases),
    INTEGRATIONS_URL: given['INTEGRATIONS_URL'] || local(ports.integrations),
    DELIVERY_URL: given['DELIVERY_URL'] || local(ports.delivery),
  };
  switch (service) {
    case 'integrations':
      return { DATABASE_URL: databaseUrls.integrations, DELIVERY_URL: urls.DELIVERY_URL };
    case 'releases':
    case 'delivery':
      return { DATABASE_URL: databaseUrls[service] };
    case 'gateway':
      return { ...urls, OPS_PORT: String(opsPortOf('gateway', ports.gateway)) };
    case 'sandbox':
      return { SMTP_PORT: String(ports.smtp) };
  }
}

/** The sandbox plays the provider, unless the user has an app of their own there. */
function standIns({ ports, given }: EnvParts): NodeJS.ProcessEnv {
  const sandbox = `http://localhost:${ports.sandbox}`; // by name: a browser goes there too
  const base = (clientId: string, real: string, standIn: string): string => (given[clientId] ? real : standIn);
  return {
    SLACK_BASE_URL: base('SLACK_CLIENT_ID', 'https://slack.com', `${sandbox}/slack`),
    DISCORD_BASE_URL: base('DISCORD_CLIENT_ID', 'https://discord.com', `${sandbox}/discord`),
    SLACK_CLIENT_ID: 'sandbox-slack-client',
    DISCORD_CLIENT_ID: 'sandbox-discord-client',
    EMAIL_FROM: 'NitroPush <releases@nitropush.localhost>',
  };
}

const local = (port: number): string => `http://127.0.0.1:${port}`;

const isLocal = (given: NodeJS.ProcessEnv): boolean => given['NITROPUSH_MODE'] !== 'production';

const secretsOf = (service: ServiceName): string[] =>
  Object.keys(SECRETS).filter((name) => SECRETS[name]!.includes(service));

function madeHere({ ports, secrets, given }: EnvParts): NodeJS.ProcessEnv {
  return {
    ...(given['SLACK_CLIENT_ID'] ? {} : { SLACK_CLIENT_SECRET: 'sandbox-slack-secret' }),
    ...(given['DISCORD_CLIENT_ID'] ? {} : { DISCORD_CLIENT_SECRET: 'sandbox-discord-secret' }),
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    CREDENTIALS_PUBLIC_KEY: secrets.credentialsPublicKey,
    CREDENTIALS_PRIVATE_KEYS: secrets.credentialsPrivateKeys,
    ...(given['AUTH_JWKS_URL'] ? {} : { AUTH_LOCAL_SIGNING_KEY: secrets.authSigningKey }),
  };
}

function pick(env: NodeJS.ProcessEnv, names: string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => names.includes(name)));
}

/** An empty setting is none, but for those to which nothing is a value. */
function without(env: NodeJS.ProcessEnv, names: string[]): NodeJS.ProcessEnv {
  const isSet = (name: string, value: string | undefined): boolean => Boolean(value) || EMPTY_IS_VALUE.includes(name);
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => !names.includes(name) && isSet(name, value)));
}
