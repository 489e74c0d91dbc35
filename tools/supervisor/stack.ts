import { mkdirSync, rmSync, statfsSync, writeFileSync, readFileSync, existsSync, chmodSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureDatabases, type DatabaseName } from '../stack/databases.js';
import { startKafka, type KafkaServer } from '../stack/kafka.js';
import { localSecrets, type LocalSecrets } from '../stack/local-secrets.js';
import { portsFrom, requireFree, type Ports } from '../stack/ports.js';
import { startPostgres, type PostgresServer } from '../stack/postgres.js';
import type { Say } from '../stack/progress.js';
import { StackError } from '../stack/stack-error.js';
import { SERVICES, serviceEnv, type ServiceName } from './service-env.js';
import { ServiceProcess } from './service-process.js';

export interface StackOptions {
  /** The checkout. */
  root: string;
  dataDir: string;
  gatewayPort: number;
  /** Settings for the services; DATABASE_URL and KAFKA_BROKERS replace the embedded servers. */
  env: NodeJS.ProcessEnv;
  /** For each node process, e.g. `--cpu-prof`. */
  nodeArgs?: string[];
  say: Say;
  onLine: (line: string) => void;
}

const READY_WITHIN_MS = 120_000;
const LOOK_MS = 100;
const ROOM_BYTES = 500 * 1024 * 1024;

/** Everything on one machine: the servers, the services, and how to reach them. */
export class Stack {
  readonly ports: Ports;
  databaseUrl = '';
  databaseUrls = {} as Record<DatabaseName, string>;
  brokers = '';
  private postgres: PostgresServer | undefined;
  private kafka: KafkaServer | undefined;
  private services: ServiceProcess[] = [];
  private secrets!: LocalSecrets;

  private constructor(private readonly options: StackOptions) {
    this.ports = portsFrom(options.gatewayPort);
  }

  /** Resolves when every service is ready. What was started before a failure is stopped again. */
  static async start(options: StackOptions): Promise<Stack> {
    const stack = new Stack({ ...options, dataDir: resolve(options.dataDir) });
    try {
      await stack.prepare();
      await stack.startServers();
      stack.startServices();
      await stack.ready();
    } catch (error) {
      await stack.stop();
      throw error;
    }
    return stack;
  }

  get gatewayUrl(): string {
    return `http://localhost:${this.ports.gateway}`;
  }

  get sandboxUrl(): string {
    return `http://localhost:${this.ports.sandbox}`;
  }

  get logsDir(): string {
    return join(this.options.dataDir, 'logs');
  }

  service(name: ServiceName): ServiceProcess {
    return this.services.find((service) => service.name === name)!;
  }

  /** Process ids by name, of all that is running. */
  pids(): Record<string, number> {
    const all = {
      ...Object.fromEntries(this.services.map(({ name, pid }) => [name, pid])),
      kafka: this.kafka?.daemon.pid,
      postgres: this.postgres?.daemon.pid,
    };
    return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, number] => entry[1] !== undefined));
  }

  /** Resolves when every service says that it is ready. */
  async ready(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    for (const service of this.services) {
      while (!(await this.answers(service.name))) {
        if (service.down && service.complaint !== '') throw new StackError(service.complaint.trim());
        if (Date.now() > deadline)
          throw new StackError(`${service.name} did not get ready; see ${join(this.logsDir, `${service.name}.log`)}`);
        await wait(LOOK_MS);
      }
    }
  }

  async startServer(server: 'kafka' | 'postgres'): Promise<void> {
    const { root, dataDir, say } = this.options;
    if (server === 'kafka') {
      this.kafka = await startKafka({
        root,
        dataDir,
        port: this.ports.kafka,
        controllerPort: this.ports.kafkaController,
        say,
      });
      this.brokers = this.kafka.brokers;
    } else {
      this.postgres = await startPostgres({
        dataDir,
        port: this.ports.postgres,
        password: this.secrets.superuserPassword,
        say,
      });
      this.databaseUrl = this.postgres.url;
    }
  }

  async stopServer(server: 'kafka' | 'postgres'): Promise<void> {
    await (server === 'kafka' ? this.kafka : this.postgres)?.stop();
  }

  /** Services first, so that they can finish what is under way; then the servers that they need for it. */
  async stop(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop()));
    await this.kafka?.stop();
    await this.postgres?.stop();
    rmSync(this.lockFile, { force: true });
  }

  private get lockFile(): string {
    return join(this.options.dataDir, 'supervisor.pid');
  }

  private async prepare(): Promise<void> {
    const { dataDir, env } = this.options;
    mkdirSync(dataDir, { recursive: true });
    chmodSync(dataDir, 0o755);
    this.lock();
    const { bavail, bsize } = statfsSync(dataDir);
    if (bavail * bsize < ROOM_BYTES)
      throw new StackError(`The disk is nearly full: ${dataDir} needs 500 MB. Make room, or set DATA_DIR.`);
    const { postgres, kafka, kafkaController, ...http } = this.ports;
    await freeSoon(
      {
        ...http,
        ...(env['DATABASE_URL'] ? {} : { postgres }),
        ...(env['KAFKA_BROKERS'] ? {} : { kafka, kafkaController }),
      },
      dataDir,
    );
    this.secrets = await localSecrets(dataDir);
  }

  private lock(): void {
    if (existsSync(this.lockFile)) {
      const pid = Number(readFileSync(this.lockFile, 'utf8'));
      if (pid !== process.pid && isRunning(pid))
        throw new StackError(
          `It is running already (process ${pid}) with the data in ${this.options.dataDir}. Stop it, or set DATA_DIR and GATEWAY_PORT for a second one.`,
        );
    }
    writeFileSync(this.lockFile, String(process.pid));
  }

  private async startServers(): Promise<void> {
    const { env } = this.options;
    this.databaseUrl = env['DATABASE_URL'] ?? '';
    this.brokers = env['KAFKA_BROKERS'] ?? '';
    const starting = [
      ...(env['DATABASE_URL'] ? [] : ['postgres' as const]),
      ...(env['KAFKA_BROKERS'] ? [] : ['kafka' as const]),
    ];
    const results = await Promise.allSettled(starting.map((server) => this.startServer(server)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    this.databaseUrls = await ensureDatabases(this.databaseUrl, this.secrets.passwords);
  }

  private startServices(): void {
    const { root, env, say, onLine, nodeArgs = [] } = this.options;
    const { ports, secrets, databaseUrls, brokers, logsDir } = this;
    this.services = SERVICES.map(
      (name) =>
        new ServiceProcess({
          name,
          root,
          env: serviceEnv(name, { ports, secrets, databaseUrls, brokers, given: env }),
          logsDir,
          nodeArgs,
          say,
          onLine,
        }),
    );
    for (const service of this.services) service.start();
  }

  private async answers(name: ServiceName): Promise<boolean> {
    try {
      const response = await fetch(`http://127.0.0.1:${this.ports[name]}/health/ready`, {
        signal: AbortSignal.timeout(2_000),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false; // it is starting
    }
  }
}

/** Services of a supervisor that was killed end by themselves within a second or two; the servers it left are ended by us. */
async function freeSoon(ports: Partial<Ports>, dataDir: string): Promise<void> {
  const { postgres, kafka, kafkaController, ...http } = ports;
  const servers =
    existsSync(join(dataDir, 'kafka.pid')) || existsSync(join(dataDir, 'postgres.pid'))
      ? {}
      : { postgres, kafka, kafkaController };
  const wanted = Object.fromEntries(
    Object.entries({ ...http, ...servers }).filter(([, port]) => port !== undefined),
  ) as Partial<Ports>;
  const deadline = Date.now() + 3_000;
  for (;;) {
    try {
      return await requireFree(wanted);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(LOOK_MS);
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('supervisor');
  } catch {
    return false;
  }
}
