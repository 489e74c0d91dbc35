/** What a start needs of this machine, found out before anything is installed or built; Node's built-ins only. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';

const OLDEST_JAVA = 17;
const USUAL_PORT = 4000;
/** All ports of a stack follow its gateway's. */
const LAST_PORT = 65_000;

/** Whatever keeps `npm start` from running here, a sentence each, with what to do. */
export async function missingForStart(root, env) {
  const dataDir = dataDirOf(root, env);
  return [...missingForKafka(root, env), folderFault(dataDir), await portFault(env, dataDir)].filter(Boolean);
}

/** The folder of everything that a stack keeps. */
export const dataDirOf = (root, env) => resolve(root, env.DATA_DIR || '.data');

/** Where a running stack gives its services away to `npm run dev`, below the folder that only its owner may enter. */
export const handOverPath = (dataDir) => join(dataDir, 'keys', 'hand-over.sock');

/** The servers that the user has none of their own for. */
export const embeddedServers = (env) => [
  ...(env.DATABASE_URL ? [] : ['postgres']),
  ...(env.KAFKA_BROKERS ? [] : ['kafka']),
];

/** What Apache Kafka needs and is not here, a sentence each. */
export function missingForKafka(root, env) {
  if (!embeddedServers(env).includes('kafka')) return [];
  return [javaFault(), existsSync(kafkaFolder(root)) ? undefined : mavenFault()].filter(Boolean);
}

/** What the Java of this machine says that it is; undefined where there is no Java. */
export const javaVersion = () => said('java', '-version');

/** Why that Java does not run the broker; undefined where it does. */
export function javaFault(text = javaVersion()) {
  if (text === undefined)
    return `Java ${OLDEST_JAVA} or newer is needed for Apache Kafka. Install a JRE, or set KAFKA_BROKERS to brokers of your own.`;
  const version = Number(/version "(\d+)/.exec(text)?.[1] ?? 0);
  if (version >= OLDEST_JAVA) return undefined;
  return `Java ${OLDEST_JAVA} or newer is needed for Apache Kafka; this is ${version}. Install a newer JRE, or set KAFKA_BROKERS.`;
}

/** Why the broker cannot be fetched; undefined where it can. */
export function mavenFault() {
  if (said('mvn', '-v') !== undefined) return undefined;
  return 'Maven is needed once, to fetch Apache Kafka. Install Maven 3.6 or newer, or set KAFKA_BROKERS to brokers of your own.';
}

/** Where the broker's jars are kept once they are fetched: a folder for each version of them. */
export function kafkaFolder(root) {
  const pom = readFileSync(join(root, 'tools', 'kafka', 'pom.xml'));
  return join(root, '.cache', `kafka-${createHash('sha256').update(pom).digest('hex').slice(0, 12)}`);
}

/** Makes that folder. Answers why it cannot be used; undefined where it can. */
export function folderFault(dataDir) {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const reason = REASONS[error.code] ?? error.message;
    return `DATA_DIR: the folder ${dataDir} cannot be used: ${reason}. Set it to a folder that you may write to.`;
  }
}

const IN_ITS_WAY = 'a file is in its way';
const REASONS = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOTDIR: IN_ITS_WAY,
  EEXIST: IN_ITS_WAY,
};

/** One folder after the other: Node's own `recursive` never ends where the system says that an existing parent is not there. */
function makeFolder(folder) {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** @throws Error that names GATEWAY_PORT */
export function gatewayPortOf(env) {
  const port = Number(env.GATEWAY_PORT || USUAL_PORT);
  if (Number.isInteger(port) && port > 0 && port < LAST_PORT) return port;
  throw new Error(`GATEWAY_PORT: must be a port below ${LAST_PORT}`);
}

export const portsFrom = (gateway) => ({
  gateway,
  gatewayOps: gateway + 9,
  releases: gateway + 1,
  integrations: gateway + 2,
  delivery: gateway + 3,
  postgres: gateway + 54,
  kafka: gateway + 92,
  kafkaController: gateway + 93,
  sandbox: gateway + 100,
  smtp: gateway + 125,
});

/** Those that are listened on where these are the embedded servers. */
export function portsFor({ postgres, kafka, kafkaController, ...services }, servers) {
  return {
    ...services,
    ...(servers.includes('postgres') ? { postgres } : {}),
    ...(servers.includes('kafka') ? { kafka, kafkaController } : {}),
  };
}

/** A sentence that names those of the ports that somebody else has; undefined where all are free. */
export async function takenFault(ports) {
  const taken = [];
  for (const [name, port] of Object.entries(ports)) if (!(await isFree(port))) taken.push(`${port} (${name})`);
  if (taken.length === 0) return undefined;
  const are = taken.length === 1 ? `Port ${taken[0]} is` : `Ports ${taken.join(', ')} are`;
  return `${are} in use. Stop what listens there, or set GATEWAY_PORT to another number: all ports follow it.`;
}

export async function isFree(port) {
  const probe = await listenOn(port);
  if (probe) await new Promise((done) => probe.close(done));
  return probe !== undefined;
}

/** Keeps no process alive; undefined where somebody else has the port. */
export function listenOn(port) {
  return new Promise((done) => {
    const server = createServer().unref();
    server.once('error', () => done(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => done(server));
  });
}

/** With servers of a stack that runs, or was killed, the stack itself deals: it knows which are its own. */
async function portFault(env, dataDir) {
  let gateway;
  try {
    gateway = gatewayPortOf(env);
  } catch (error) {
    return error.message;
  }
  if (existsSync(join(dataDir, 'supervisor.pid'))) return undefined;
  return takenFault(portsFor(portsFrom(gateway), embeddedServers(env)));
}

/** What a program prints; undefined where the program is missing, or fails. */
function said(command, flag) {
  try {
    return execFileSync('sh', ['-c', `${command} ${flag} 2>&1`], { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}
