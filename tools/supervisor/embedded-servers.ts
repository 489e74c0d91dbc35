import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Daemon } from '../stack/daemon.js';
import { startKafka } from '../stack/kafka.js';
import type { Ports } from '../stack/ports.js';
import { startPostgres } from '../stack/postgres.js';
import type { Say } from '../stack/progress.js';

export type ServerName = 'postgres' | 'kafka';

export interface EmbeddedServersOptions {
  root: string;
  dataDir: string;
  ports: Ports;
  superuserPassword: string;
  say: Say;
}

const TITLES = { postgres: 'PostgreSQL', kafka: 'Kafka' };
const TRY_AGAIN_MS = 5_000;

/** The servers that we run ourselves. One that dies is started again; one that was stopped stays so. */
export class EmbeddedServers {
  private readonly running = new Map<ServerName, { daemon: Daemon; stop: () => Promise<void> }>();
  private readonly starting = new Map<ServerName, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  /** The superuser's. */
  databaseUrl = '';
  brokers = '';

  constructor(private readonly options: EmbeddedServersOptions) {}

  /** Does nothing where it runs; joins a start that has begun. */
  start(name: ServerName): Promise<void> {
    if (this.running.has(name)) return Promise.resolve();
    const begun = this.starting.get(name) ?? this.launch(name).finally(() => this.starting.delete(name));
    this.starting.set(name, begun);
    return begun;
  }

  async stop(name: ServerName): Promise<void> {
    clearTimeout(this.timer);
    await this.starting.get(name)?.catch(() => undefined); // whoever started it is told
    const server = this.running.get(name);
    this.running.delete(name);
    server?.daemon.signalAll('SIGCONT'); // one that is frozen does not stop
    await server?.stop();
  }

  /** Freezes, wakes or kills it; one that was killed is started again. Resolves at once. */
  signal(name: ServerName, signal: NodeJS.Signals): void {
    this.running.get(name)?.daemon.signalAll(signal);
  }

  /** Stops Kafka, deletes all that it keeps, and starts it empty at the same address. */
  async wipeKafka(): Promise<void> {
    await this.stop('kafka');
    await rm(join(this.options.dataDir, 'kafka'), { recursive: true, force: true });
    await this.start('kafka');
  }

  pids(): Partial<Record<ServerName, number>> {
    return Object.fromEntries([...this.running].map(([name, { daemon }]) => [name, daemon.pid]));
  }

  private async launch(name: ServerName): Promise<void> {
    const server = await (name === 'kafka' ? this.startKafka() : this.startPostgres());
    this.running.set(name, server);
    server.daemon.onExit(() => {
      if (this.running.get(name) !== server) return;
      this.running.delete(name);
      this.options.say(`${TITLES[name]} ended; starting it again`);
      this.startAgain(name);
    });
  }

  private startAgain(name: ServerName): void {
    this.start(name).catch((error: unknown) => {
      this.options.say(String((error as Error).message));
      this.timer = setTimeout(() => this.startAgain(name), TRY_AGAIN_MS);
    });
  }

  private async startKafka(): Promise<{ daemon: Daemon; stop: () => Promise<void> }> {
    const { root, dataDir, ports, say } = this.options;
    const server = await startKafka({ root, dataDir, port: ports.kafka, controllerPort: ports.kafkaController, say });
    this.brokers = server.brokers;
    return server;
  }

  private async startPostgres(): Promise<{ daemon: Daemon; stop: () => Promise<void> }> {
    const { dataDir, ports, superuserPassword, say } = this.options;
    const server = await startPostgres({ dataDir, port: ports.postgres, password: superuserPassword, say });
    this.databaseUrl = server.url;
    return server;
  }
}
