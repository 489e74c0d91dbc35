import '#libs/kafka'; // before the client, parts of which it replaces
import { KafkaConnection, ensureTopics } from '#libs/kafka'; // before kafkajs, parts of which it replaces
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import kafkajs, { type AclEntry, type Admin } from 'kafkajs';
import { KAFKA_RIGHTS, allTopics, type KafkaService } from '../../tools/docs/kafka-access.js';
import { freeBase } from '../../tools/stack/ports.js';
import { Stack } from '../../tools/supervisor/stack.js';
import { startPostgres } from '../../tools/stack/postgres.js';
import { startSecuredKafka } from './secured-kafka.js';

export const PREFIX = 'acme.';
const GROUP_PREFIX = 'acme-';
const DELAYS = ['1s', '2s'];
const MAIL_LATE_DELAY = '3s';
const none = (): void => undefined;
const QUIET = { debug: none, info: none, warn: none, error: none };
const SERVICES = Object.keys(KAFKA_RIGHTS) as KafkaService[];
const passwordOf = (service: KafkaService): string => `password-of-${service}`;

export interface LoggedLine {
  event: string;
  reason?: string;
  check?: string;
  [field: string]: unknown;
}

export interface SecuredStack {
  stack: Stack;
  /** A client that may do anything, with the services' names. */
  connection: KafkaConnection;
  allow: (service: KafkaService, right: Right) => Promise<void>;
  forbid: (service: KafkaService, right: Right) => Promise<void>;
  /** Lines of a service that say this. */
  logged: (service: KafkaService, message: string) => LoggedLine[];
  /** What `/health/ready` of a service answers. */
  ready: (service: KafkaService) => Promise<{ status: number; details: Record<string, { status: string }> }>;
  stop: () => Promise<void>;
}

export interface Right {
  on: 'topic' | 'group';
  name: string;
  operation: 'read' | 'write' | 'describe';
}

/**
 * The whole system on a database over TLS, and on brokers that know TLS and SCRAM alone: each service has a user of its own with exactly the rights that
 * are documented, topics are made beforehand, and everything has a prefix.
 */
export async function startSecuredStack(): Promise<SecuredStack> {
  const base = await freeBase();
  const servers = await startServers(base);
  const { dataDir, connection, settings } = servers;
  const stack = await startServices(join(dataDir, 'stack'), base, settings).catch(async (error: unknown) => {
    await servers.stop();
    throw error;
  });
  const admin = await connection.admin();
  return {
    stack,
    connection,
    allow: async (service, right) => void (await admin.createAcls({ acl: [aclOf(service, right)] })),
    forbid: (service, right) => forbid(admin, aclOf(service, right)),
    logged: (service, message) => linesOf(stack, service).filter(({ event }) => event === message),
    ready: async (service) => {
      const answer = await fetch(`http://127.0.0.1:${stack.ports[service]}/health/ready`);
      const { details } = (await answer.json()) as { details: Record<string, { status: string }> };
      return { status: answer.status, details };
    },
    stop: async () => {
      await stack.stop();
      await servers.stop();
    },
  };
}

interface Servers {
  dataDir: string;
  connection: KafkaConnection;
  /** How the services reach them. */
  settings: NodeJS.ProcessEnv;
  stop: () => Promise<void>;
}

async function startServers(base: number): Promise<Servers> {
  const dataDir = mkdtempSync(join(tmpdir(), 'nitropush-secured-'));
  chmodSync(dataDir, 0o755); // the system user that runs PostgreSQL must pass
  const users = Object.fromEntries(SERVICES.map((service) => [service, passwordOf(service)]));
  const kafka = await startSecuredKafka({ dataDir: join(dataDir, 'secured'), port: base + 92, users });
  const tls = await kafka.authority.issue({ name: 'database', addresses: ['127.0.0.1'] });
  const postgres = await startPostgres({ dataDir, port: base + 54, password: 'test', tls, say: none });
  const connection = await prepareKafka(kafka.plain);
  const ca = join(dataDir, 'ca.pem');
  writeFileSync(ca, kafka.authority.cert);
  return {
    dataDir,
    connection,
    settings: {
      KAFKA_BROKERS: kafka.saslSsl,
      KAFKA_TLS_CA: ca,
      DATABASE_URL: `${postgres.url}?sslmode=verify-full&sslrootcert=${ca}`,
    },
    stop: async () => {
      await connection.close();
      await Promise.all([kafka.stop(), postgres.stop()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Every topic and every right, as an operator would make them beforehand. */
async function prepareKafka(broker: string): Promise<KafkaConnection> {
  const names = { topicPrefix: PREFIX, groupPrefix: GROUP_PREFIX };
  const connection = new KafkaConnection(
    { brokers: [broker], clientId: 'test', replicationFactor: 1, minInsyncReplicas: 1, ...names },
    QUIET,
  );
  await ensureTopics(connection, allTopics([...DELAYS, MAIL_LATE_DELAY]));
  const acl = SERVICES.flatMap((service) => rightsOf(service).map((right) => aclOf(service, right)));
  await (await connection.admin()).createAcls({ acl });
  return connection;
}

/** Each as a user of its own. */
function startServices(dataDir: string, gatewayPort: number, settings: NodeJS.ProcessEnv): Promise<Stack> {
  const userOf = (service: KafkaService): NodeJS.ProcessEnv => ({
    KAFKA_SASL_USERNAME: service,
    KAFKA_SASL_PASSWORD: passwordOf(service),
  });
  return Stack.start({
    root: process.cwd(),
    dataDir,
    gatewayPort,
    env: {
      ...process.env,
      LOG_LEVEL: 'debug',
      KAFKA_CREATE_TOPICS: 'false',
      KAFKA_TOPIC_PREFIX: PREFIX,
      KAFKA_GROUP_PREFIX: GROUP_PREFIX,
      KAFKA_TLS: 'true',
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      DELIVERY_RETRY_DELAYS: DELAYS.join(),
      MAIL_LATE_RETRY_DELAY: MAIL_LATE_DELAY,
      ...settings,
    },
    serviceEnv: Object.fromEntries(SERVICES.map((service) => [service, userOf(service)])),
    say: none,
    onLine: none,
  });
}

function linesOf({ logsDir }: Stack, service: KafkaService): LoggedLine[] {
  return readdirSync(logsDir)
    .filter((file) => file.startsWith(service))
    .flatMap((file) => readFileSync(join(logsDir, file), 'utf8').split('\n'))
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LoggedLine);
}

function rightsOf(service: KafkaService): Right[] {
  const { read, write, describe, groups } = KAFKA_RIGHTS[service];
  const topics = (operation: Right['operation'], all: string[]): Right[] =>
    all.map((name) => ({ on: 'topic', name, operation }));
  return [
    ...topics('read', read),
    ...topics('write', write),
    ...topics('describe', describe),
    ...groups.map((name): Right => ({ on: 'group', name, operation: 'read' })),
  ];
}

function aclOf(service: KafkaService, { on, name, operation }: Right): AclEntry {
  const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;
  const operations = {
    read: AclOperationTypes.READ,
    write: AclOperationTypes.WRITE,
    describe: AclOperationTypes.DESCRIBE,
  };
  return {
    resourceType: on === 'topic' ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
    resourceName: (on === 'topic' ? PREFIX : GROUP_PREFIX) + name,
    resourcePatternType: name.endsWith('.') ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
    principal: `User:${service}`,
    host: '*',
    operation: operations[operation],
    permissionType: AclPermissionTypes.ALLOW,
  };
}

async function forbid(admin: Admin, acl: AclEntry): Promise<void> {
  await admin.deleteAcls({ filters: [acl] });
}
