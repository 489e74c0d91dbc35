import { chmodSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { embeddedServers } from '#preflight';
import { ensureDatabases, type DatabaseName } from '../stack/databases.js';
import { localSecrets, type LocalSecrets } from '../stack/local-secrets.js';
import { opsPortOf, portsFrom, type Ports } from '../stack/ports.js';
import type { Say } from '../stack/progress.js';
import { StackError } from '../stack/stack-error.js';
import { makeFolder, requireBrokers, requirePorts, requireRoom } from './checks.js';
import { EmbeddedServers, type ServerName } from './embedded-servers.js';
import { HandOver } from './hand-over.js';
import { takeLock, type Lock } from './lock.js';
import type { TerminalLine } from './readable.js';
import { SERVICES, serviceEnv, type ServiceName } from './service-env.js';
import { ServiceProcess } from './service-process.js';

export interface StackOptions {
  /** The checkout. */
  root: string;
  dataDir: string;
  gatewayPort: number;
  /** Settings for the services; DATABASE_URL and KAFKA_BROKERS replace the embedded servers. */
  env: NodeJS.ProcessEnv;
  /** Settings of one service alone, on top of those. */
  serviceEnv?: Partial<Record<ServiceName, NodeJS.ProcessEnv>>;
  /** For each node process, e.g. `--cpu-prof`. */
  nodeArgs?: string[];
  say: Say;
  onLine: (line: TerminalLine) => void;
  /** Gives the start up. */
  signal?: AbortSignal;
}

const READY_WITHIN_MS = 120_000;
const LOOK_MS = 100;
const REFUSALS_WITHIN_MS = 1_000;

/** Everything on one machine: the servers, the services, and how to reach them. */
export class Stack {
  readonly ports: Ports;
  databaseUrl = '';
  databaseUrls = {} as Record<DatabaseName, string>;
  brokers = '';
  private servers: EmbeddedServers | undefined;
  private services: ServiceProcess[] = [];
  private secrets!: LocalSecrets;
  /** What a service was restarted with, on top of the settings of all. */
  private readonly settings = new Map<ServiceName, NodeJS.ProcessEnv>();
  private readonly handOver = new HandOver((name) => this.service(name));
  private lock: Lock | undefined;

  private constructor(private readonly options: StackOptions) {
    this.ports = portsFrom(options.gatewayPort);
  }

  /** Resolves when every service is ready. What was started before a failure is stopped again. */
  static async start(options: StackOptions): Promise<Stack> {
    const stack = new Stack({ ...options, dataDir: resolve(options.dataDir) });
    try {
      for (const step of [stack.prepare, stack.startServers, stack.startServices, stack.ready, stack.offerServices]) {
        options.signal?.throwIfAborted();
        await step.call(stack);
      }
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

  /** Every instance of a service: the first is the one at the port that the others know. */
  instances(name: ServiceName): ServiceProcess[] {
    return this.services.filter((service) => service.name === name);
  }

  /** One more instance of a service, as services are scaled; `root` is another checkout, built. Resolves when it is ready. */
  async startAnother(name: ServiceName, port: number, root?: string): Promise<ServiceProcess> {
    const instance = Math.max(...this.instances(name).map((service) => service.instance)) + 1;
    const another = this.startService(name, { instance, port, root });
    await this.serviceReady(another, Date.now() + READY_WITHIN_MS);
    return another;
  }

  /**
   * Stops every instance of a service and starts it with these settings on top of the stack's own; those of an earlier
   * restart are gone, and an empty one is none. Resolves once it is started: `serviceReady` waits.
   */
  async restart(name: ServiceName, settings: NodeJS.ProcessEnv = {}): Promise<void> {
    this.settings.set(name, settings);
    await Promise.all(this.instances(name).map((service) => service.restart(this.envOf(name, service.port))));
  }

  /** Resolves when every instance of a service says that it is ready. */
  async allReady(name: ServiceName): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    await Promise.all(this.instances(name).map((service) => this.serviceReady(service, deadline)));
  }

  /** Ends all instances of a service but the first; what they have under way they finish. */
  async stopOthers(name: ServiceName): Promise<void> {
    const [, ...others] = this.instances(name);
    await Promise.all(others.map((other) => other.stop()));
    this.services = this.services.filter((service) => !others.includes(service));
  }

  /** Process ids by name, of all that is running. */
  pids(): Record<string, number> {
    const all = { ...Object.fromEntries(this.services.map(({ name, pid }) => [name, pid])), ...this.servers?.pids() };
    return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, number] => entry[1] !== undefined));
  }

  /** Resolves when every service says that it is ready. */
  async ready(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    await Promise.all(this.services.map((service) => this.serviceReady(service, deadline)));
  }

  startServer(server: ServerName): Promise<void> {
    return this.servers!.start(server);
  }

  async stopServer(server: ServerName): Promise<void> {
    await this.servers?.stop(server);
  }

  /** Freezes, wakes or kills an embedded server with all its processes; one that was killed is started again. */
  signalServer(server: ServerName, signal: NodeJS.Signals): void {
    this.servers!.signal(server, signal);
  }

  /** Kafka as if it were new: no topic, no group, no offset. */
  async wipeKafka(): Promise<void> {
    await this.servers!.wipeKafka();
  }

  /** Services first, so that they can finish what is under way; then the servers that they need for it. */
  async stop(): Promise<void> {
    this.handOver.close();
    const isSandbox = ({ name }: ServiceProcess): boolean => name === 'sandbox';
    await Promise.all(this.services.filter((service) => !isSandbox(service)).map((service) => service.stop()));
    await this.services.find(isSandbox)?.stop(); // what was under way went there
    await this.servers?.stop('kafka');
    await this.servers?.stop('postgres');
    this.lock?.release();
  }

  /** Does not wait for what is under way. The servers end with this process. */
  kill(): void {
    for (const service of this.services) service.signal('SIGKILL');
  }

  private async prepare(): Promise<void> {
    const { dataDir, root, say } = this.options;
    makeFolder(dataDir);
    chmodSync(dataDir, 0o755); // the system user that runs PostgreSQL for root must pass; each part guards its own
    this.lock = takeLock(dataDir);
    requireRoom(dataDir);
    await requirePorts(this.ports, { dataDir, embedded: this.embedded, leftBehind: this.lock.leftBehind });
    this.secrets = await localSecrets(dataDir);
    const { superuserPassword } = this.secrets;
    this.servers = new EmbeddedServers({ root, dataDir, ports: this.ports, superuserPassword, say });
  }

  private get embedded(): ServerName[] {
    return embeddedServers(this.options.env);
  }

  private async startServers(): Promise<void> {
    const { DATABASE_URL, KAFKA_BROKERS } = this.options.env;
    if (KAFKA_BROKERS) await requireBrokers(KAFKA_BROKERS);
    const servers = this.servers!;
    const results = await Promise.allSettled(this.embedded.map((server) => servers.start(server)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    this.databaseUrl = DATABASE_URL || servers.databaseUrl;
    this.brokers = KAFKA_BROKERS || servers.brokers;
    this.databaseUrls = await ensureDatabases(this.databaseUrl, this.secrets.passwords);
  }

  private async offerServices(): Promise<void> {
    const { dataDir, say } = this.options;
    // a system accepts about 100 characters for it; the stack itself does not need it
    await this.handOver.listen(dataDir).catch((error: Error) => say(`npm run dev cannot be used: ${error.message}`));
  }

  private startServices(): void {
    this.options.say('Starting the services …');
    for (const name of SERVICES) this.startService(name);
  }

  /** The first instance of a service at the port that the others know; more of it, told apart by number, at their own. */
  private startService(
    name: ServiceName,
    more: { instance?: number; port?: number; root?: string } = {},
  ): ServiceProcess {
    const { nodeArgs = [], say, onLine } = this.options;
    const port = more.port ?? this.ports[name];
    const service = new ServiceProcess({
      name,
      instance: more.instance,
      port,
      root: more.root ?? this.options.root,
      env: this.envOf(name, port),
      logsDir: this.logsDir,
      nodeArgs,
      say,
      onLine,
    });
    this.services.push(service);
    service.start();
    return service;
  }

  private envOf(name: ServiceName, port: number): NodeJS.ProcessEnv {
    const { secrets, databaseUrls, brokers } = this;
    const given = { ...this.options.env, ...this.options.serviceEnv?.[name], ...this.settings.get(name) };
    return serviceEnv(name, { ports: { ...this.ports, [name]: port }, secrets, databaseUrls, brokers, given });
  }

  private async serviceReady(service: ServiceProcess, deadline: number): Promise<void> {
    while (!(await this.answers(opsPortOf(service.name, service.port)))) {
      this.options.signal?.throwIfAborted();
      if (service.refusal !== '') throw await this.refusals();
      if (Date.now() > deadline)
        throw new StackError(`${service.name} did not get ready; its log says why: ${service.logPath}`);
      await wait(LOOK_MS);
    }
    service.wasReady = true;
  }

  /** Of all services at once: they read their settings at about the same time. */
  private async refusals(): Promise<StackError> {
    await wait(REFUSALS_WITHIN_MS);
    return new StackError(
      this.services
        .map(({ refusal }) => refusal)
        .filter(Boolean)
        .join('\n'),
    );
  }

  private async answers(port: number): Promise<boolean> {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/health/ready`, {
        signal: AbortSignal.timeout(2_000),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false; // it is starting
    }
  }
}
