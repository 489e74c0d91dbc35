import { join } from 'node:path';
import { startKafka, type KafkaServer } from '../../tools/stack/kafka.js';
import type { Say } from '../../tools/stack/progress.js';

export interface KafkaClusterOptions {
  /** The checkout, for the jars. */
  root: string;
  dataDir: string;
  /** Two a node: of the broker, and of the controller after it. */
  firstPort: number;
  say: Say;
}

const NODES = [1, 2, 3];

/** Three brokers on this machine that are their own controllers: three copies of every record, two of which must be written. */
export class KafkaCluster {
  private readonly running = new Map<number, KafkaServer>();

  private constructor(private readonly options: KafkaClusterOptions) {}

  static async start(options: KafkaClusterOptions): Promise<KafkaCluster> {
    const cluster = new KafkaCluster(options);
    const started = await Promise.allSettled(NODES.map((node) => cluster.startNode(node)));
    const failed = started.find((one) => one.status === 'rejected');
    if (!failed) return cluster;
    await cluster.stop();
    throw failed.reason;
  }

  get brokers(): string {
    return NODES.map((node) => `127.0.0.1:${this.port(node)}`).join(',');
  }

  /** Resolves when it answers, which it does once two of the three run. */
  async startNode(node: number): Promise<void> {
    const { root, dataDir, say } = this.options;
    const server = await startKafka({
      root,
      dataDir: join(dataDir, `kafka-${node}`),
      port: this.port(node),
      controllerPort: this.port(node) + 1,
      cluster: { node, controllerPorts: NODES.map((one) => this.port(one) + 1) },
      say,
    });
    this.running.set(node, server);
  }

  /** At once, by SIGKILL. Resolves when it has ended. */
  async kill(node: number): Promise<void> {
    const server = this.running.get(node);
    this.running.delete(node);
    await server?.daemon.stop('SIGKILL', 1);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running.values()].map((server) => server.stop()));
  }

  private port(node: number): number {
    return this.options.firstPort + 2 * (node - 1);
  }
}
