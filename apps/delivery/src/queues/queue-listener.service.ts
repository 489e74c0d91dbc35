import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { SETTINGS } from '#libs/config';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import type { DeliverySettings } from '../delivery.config.js';
import { QUEUE_CHANNEL, QueueEvents } from '../ledger/queue-events.js';

const RECONNECT_MS = 1_000;

/** Is notified at once when another instance has queued something; the look-round of recovery is the safety net. */
@Injectable()
export class QueueListener implements OnApplicationBootstrap, OnApplicationShutdown {
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    @Inject(SETTINGS) private readonly settings: Pick<DeliverySettings, 'databaseUrl'>,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(QueueEvents) private readonly queues: Pick<QueueEvents, 'queued'>,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    return this.start();
  }

  private async start(): Promise<void> {
    const client = new Client({
      connectionString: this.settings.databaseUrl,
      application_name: 'nitropush-delivery-listener',
      keepAlive: true,
    });
    this.client = client;
    client.on('notification', ({ payload }) => payload && this.queues.queued(payload));
    client.on('error', (error) => this.reconnect(client, error));
    client.on('end', () => this.reconnect(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${QUEUE_CHANNEL}`);
    } catch (error) {
      this.reconnect(client, error);
    }
  }

  async onApplicationShutdown(): Promise<void> {
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
