import { Client } from 'pg';
import { describeError, type Logger } from '#libs/observability';

export const QUEUE_CHANNEL = 'delivery_queue';

const RECONNECT_MS = 1_000;

/** Hears at once when another instance has queued something; the pump's own look-round is the safety net. */
export class QueueListener {
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly logger: Logger,
    private readonly onQueued: (integrationId: string) => void,
  ) {}

  async start(): Promise<void> {
    const client = new Client({
      connectionString: this.databaseUrl,
      application_name: 'nitropush-delivery-listener',
      keepAlive: true,
    });
    this.client = client;
    client.on('notification', ({ payload }) => payload && this.onQueued(payload));
    client.on('error', (error) => this.reconnect(client, error));
    client.on('end', () => this.reconnect(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${QUEUE_CHANNEL}`);
    } catch (error) {
      this.reconnect(client, error);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private reconnect(client: Client, error?: unknown): void {
    if (this.stopped || this.client !== client) return;
    this.client = undefined;
    this.logger.warn({ error: error === undefined ? undefined : describeError(error) }, 'queue-listener.lost');
    void client.end().catch(() => undefined);
    this.timer = setTimeout(() => void this.start(), RECONNECT_MS);
  }
}
