import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import kafkajs from 'kafkajs';
import { ClassArchive } from './class-archive.js';
import { Daemon, endLeftover } from './daemon.js';
import { kafkaJars, requireJava } from './kafka-jars.js';
import { withProgress, type Say } from './progress.js';
import { StackError } from './stack-error.js';

export interface KafkaServer {
  brokers: string;
  daemon: Daemon;
  stop: () => Promise<void>;
}

export interface KafkaOptions {
  /** The checkout, for the pom and the jars. */
  root: string;
  dataDir: string;
  port: number;
  controllerPort: number;
  /** Where it is one of several; alone otherwise. */
  cluster?: ClusterPlace;
  say: Say;
  secured?: SecuredKafka;
}

/** More listeners than the plain one, and what they ask for. */
export interface SecuredKafka {
  listeners: { name: string; protocol: 'SASL_SSL' | 'SASL_PLAINTEXT' | 'SSL'; port: number }[];
  /** The broker's own settings, added to ours. */
  settings: Record<string, string>;
  /** User to password, for SCRAM; made when the broker's data is. */
  users: Record<string, string>;
}

/** One of several nodes that are each broker and controller. */
export interface ClusterPlace {
  /** From 1. */
  node: number;
  /** Of every node, in their order. */
  controllerPorts: number[];
}

/** Any 22 characters of base64url do; the data of a stack belongs to no other cluster anyway. */
const CLUSTER_ID = 'MkU3OEVBNTcwNTJENDM2Qg';
const READY_WITHIN_MS = 60_000;
const ARCHIVED_WITHIN_MS = 60_000;
const LOOK_MS = 100;

/**
 * Starts a real broker on this machine: one node that is its own controller, or one of several, which answers once most of
 * them run. Data survives, also a `kill -9`.
 */
export async function startKafka(options: KafkaOptions): Promise<KafkaServer> {
  const { root, dataDir, port, say } = options;
  const version = requireJava();
  const jars = await kafkaJars(root, say);
  const pidFile = join(dataDir, 'kafka.pid');
  const config = writeConfig(options);
  if (await endLeftover(pidFile, config)) say('Ended a Kafka that an earlier start had left running');
  const archive = new ClassArchive(jars, version);
  const java = [`-Dlog4j2.configurationFile=${join(root, 'tools/kafka/log4j2.properties')}`, '-cp', `${jars}/*`];
  const launch = (more: string[]): Daemon =>
    Daemon.start({
      command: 'java',
      args: [...BROKER, ...more, ...java, 'kafka.Kafka', config],
      logFile: join(dataDir, 'logs', 'kafka.log'),
      pidFile,
    });
  await prepare(options, { archive, launch, format: (users) => format([...archive.options, ...java], config, users) });
  const daemon = launch(archive.options);
  await readyOrStopped(daemon, port);
  return { brokers: brokersAt(port), daemon, stop: () => stopped(daemon) };
}

/** The optimizing compiler is left out: it takes more processor than it saves at the rates of one machine. */
const BROKER = ['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
const brokersAt = (port: number): string => `127.0.0.1:${port}`;
const stopped = (daemon: Daemon): Promise<void> => daemon.stop('SIGTERM', 15_000);

interface Preparation {
  archive: ClassArchive;
  launch: (more: string[]) => Daemon;
  format: (users?: Record<string, string>) => Promise<void>;
}

/** Its files, and once for all stacks of this checkout the archive of its classes. One of several does not start alone. */
async function prepare(
  { dataDir, port, cluster, secured, say }: KafkaOptions,
  { archive, launch, format }: Preparation,
): Promise<void> {
  const formatted = existsSync(join(dataDir, 'kafka', 'meta.properties'));
  const archived = cluster !== undefined || archive.exists;
  if (formatted && archived) return;
  await withProgress(say, 'Preparing Kafka', async () => {
    if (!formatted) await format(secured?.users);
    if (!archived)
      await archive.make(async (options) => {
        const daemon = launch(options);
        await readyOrStopped(daemon, port);
        await daemon.stop('SIGTERM', ARCHIVED_WITHIN_MS);
      });
  });
}

async function readyOrStopped(daemon: Daemon, port: number): Promise<void> {
  await ready(daemon, brokersAt(port)).catch(async (error: unknown) => {
    await stopped(daemon);
    throw error;
  });
}

/** Alone it keeps one copy of everything; of three, each record has a copy on each, and two must have it. */
function replication(nodes: number): Record<string, number> {
  const inSync = Math.max(1, nodes - 1);
  return {
    'offsets.topic.replication.factor': nodes,
    'transaction.state.log.replication.factor': nodes,
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.replication.factor': nodes,
    'share.coordinator.state.topic.min.isr': inSync,
    'default.replication.factor': nodes,
    'min.insync.replicas': inSync,
  };
}

function writeConfig({ dataDir, port, controllerPort, cluster, secured }: KafkaOptions): string {
  const more = secured?.listeners ?? [];
  const listeners = [`PLAINTEXT://127.0.0.1:${port}`, ...more.map(({ name, port }) => `${name}://127.0.0.1:${port}`)];
  const file = join(dataDir, 'kafka.properties');
  mkdirSync(dataDir, { recursive: true });
  const { node, controllerPorts } = cluster ?? { node: 1, controllerPorts: [controllerPort] };
  const settings: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': node,
    'controller.quorum.voters': controllerPorts.map((at, place) => `${place + 1}@127.0.0.1:${at}`).join(','),
    listeners: [...listeners, `CONTROLLER://127.0.0.1:${controllerPort}`].join(),
    'advertised.listeners': listeners.join(),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': [
      'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      ...more.map(({ name, protocol }) => `${name}:${protocol}`),
    ].join(),
    'log.dirs': join(dataDir, 'kafka'),
    'offsets.topic.num.partitions': 3,
    ...replication(controllerPorts.length),
    'group.initial.rebalance.delay.ms': 0,
    'auto.create.topics.enable': false,
    'log.cleaner.dedupe.buffer.size': 2_097_152,
    // A broker that is back has to wait until the controller has forgotten the one before: at once after a clean stop,
    // after this long when it was killed.
    'controlled.shutdown.enable': true,
    'broker.session.timeout.ms': 4_000,
    'broker.heartbeat.interval.ms': 1_000,
    // it writes a record twice a second for the sake of nodes that are behind: alone there is none
    ...(cluster ? {} : { 'metadata.max.idle.interval.ms': 0 }),
    'num.network.threads': 2,
    'num.io.threads': 2,
    ...secured?.settings,
  };
  writeFileSync(
    file,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  return file;
}

async function format(java: string[], config: string, users: Record<string, string> = {}): Promise<void> {
  const scram = Object.entries(users).flatMap(([name, password]) =>
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((type) => [
      '--add-scram',
      `${type}=[name=${name},password=${password}]`,
    ]),
  );
  try {
    await promisify(execFile)('java', [
      '-XX:TieredStopAtLevel=1', // it ends before more would pay
      '-XX:+UseSerialGC',
      ...java,
      'kafka.tools.StorageTool',
      'format',
      '-t',
      CLUSTER_ID,
      '-c',
      config,
      '-g',
      ...scram,
    ]);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new StackError(
      /No space left/.test(stdout + stderr)
        ? 'The disk is full: Kafka needs some room in DATA_DIR.'
        : `Kafka could not be prepared: ${(stderr || stdout).trim().split('\n').at(-1)}`,
    );
  }
}

async function ready(daemon: Daemon, brokers: string): Promise<void> {
  const { Kafka, logLevel } = kafkajs;
  const admin = new Kafka({
    brokers: [brokers],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    connectionTimeout: 1_000,
  }).admin();
  for (let waited = 0; waited < READY_WITHIN_MS; waited += LOOK_MS) {
    if (daemon.exited) throw new StackError(`Kafka did not start: ${daemon.lastLines()}`);
    try {
      await admin.connect();
      await admin.listTopics();
      await admin.disconnect();
      return;
    } catch {
      await wait(LOOK_MS); // it is starting
    }
  }
  throw new StackError(`Kafka did not answer in time: ${daemon.lastLines()}`);
}
