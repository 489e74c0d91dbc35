import { Inject, Injectable } from '@nestjs/common';
import type { Axios } from 'axios';
import { SETTINGS } from '#libs/config';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import { unavailable } from '#libs/problems';
import type { IntegrationsSettings } from '../integrations.config.js';
import { deliveryHttp } from '../integrations/delivery-http.js';

/** An attempt takes 10 s at most, and the gateway waits for 30. */
const WITHIN_MS = 15_000;

/** Asks `delivery`, with the caller's own token, for what it alone can do. */
@Injectable()
export class DeliveryCalls {
  private readonly http: Axios;

  constructor(
    @Inject(SETTINGS) { deliveryUrl }: Pick<IntegrationsSettings, 'deliveryUrl'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.http = deliveryHttp(`${deliveryUrl}/internal/v1/before-saving`, WITHIN_MS);
  }

  /** @throws Problem 503 where it does not answer, or not with a success */
  async post<T>(
    path: 'test' | 'preview',
    body: unknown,
    headers: { authorization: string; traceparent?: string },
  ): Promise<T> {
    try {
      const { status, data } = await this.http.post<string>(`/${path}`, JSON.stringify(body), {
        headers: { ...headers, 'content-type': 'application/json' },
      });
      if (status !== 200) throw new Error(`delivery answered ${status}`);
      return JSON.parse(data) as T;
    } catch (error) {
      this.logger.warn({ path, error: describeError(error) }, 'delivery.not-asked');
      throw unavailable('The delivery service');
    }
  }
}
