import type { Ports } from '../stack/ports.js';
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
const DECIDED_HERE = ['PORT', 'DATABASE_URL'];

/** Secrets that the user may have set, and the only services that are given them. */
const SECRETS: Record<string, ServiceName[]> = {
  CREDENTIALS_PUBLIC_KEY: ['integrations'],
  CREDENTIALS_PRIVATE_KEYS: ['delivery'],
  AUTH_LOCAL_SIGNING_KEY: ['gateway'],
  SLACK_CLIENT_SECRET: ['integrations'],
  DISCORD_CLIENT_SECRET: ['integrations'],
  SMTP_URL: ['integrations', 'delivery'],
};

/** The environment of one service: what all share, and of the secrets only its own. */
export function serviceEnv(
  service: ServiceName,
  { ports, secrets, databaseUrls, brokers, given }: EnvParts,
): NodeJS.ProcessEnv {
  const local = (port: number): string => `http://127.0.0.1:${port}`;
  const shared: NodeJS.ProcessEnv = {
    ...without(given, [...DECIDED_HERE, ...secretsOfOthers(service)]),
    PORT: String(ports[service]),
    KAFKA_BROKERS: brokers,
    ADMIN_BASE_URL: given['ADMIN_BASE_URL'] || `http://localhost:${ports.gateway}`,
    AUTH_JWKS_URL: given['AUTH_JWKS_URL'] || `${local(ports.gateway)}/.well-known/jwks.json`,
  };
  const urls = {
    RELEASES_URL: local(ports.releases),
    INTEGRATIONS_URL: local(ports.integrations),
    DELIVERY_URL: local(ports.delivery),
  };
  switch (service) {
    case 'releases':
      return { ...shared, DATABASE_URL: databaseUrls.releases };
    case 'integrations':
      return {
        ...shared,
        DATABASE_URL: databaseUrls.integrations,
        DELIVERY_URL: urls.DELIVERY_URL,
        CREDENTIALS_PUBLIC_KEY: given['CREDENTIALS_PUBLIC_KEY'] || secrets.credentialsPublicKey,
      };
    case 'delivery':
      return {
        ...shared,
        DATABASE_URL: databaseUrls.delivery,
        CREDENTIALS_PRIVATE_KEYS: given['CREDENTIALS_PRIVATE_KEYS'] || secrets.credentialsPrivateKeys,
      };
    case 'gateway':
      return {
        ...shared,
        ...urls,
        ...(given['AUTH_JWKS_URL']
          ? {}
          : { AUTH_LOCAL_SIGNING_KEY: given['AUTH_LOCAL_SIGNING_KEY'] || secrets.authSigningKey }),
      };
    case 'sandbox':
      return shared;
  }
}

const secretsOfOthers = (service: ServiceName): string[] =>
  Object.keys(SECRETS).filter((name) => !SECRETS[name]!.includes(service));

function without(env: NodeJS.ProcessEnv, names: string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}
