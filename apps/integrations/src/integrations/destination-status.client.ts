import { Inject, Injectable } from '@nestjs/common';
import { Axios } from 'axios';
import { SETTINGS } from '#libs/config';
import type { Health } from '#libs/contracts';
import type { IntegrationsSettings } from '../integrations.config.js';
import type { LastDelivery, OpenDeliveryCounts, RecipientCounts } from './integration.dto.js';

/** What `delivery` knows of a destination. */
export interface DestinationStatus {
  health: Health;
  counts: OpenDeliveryCounts;
  lastDelivery: LastDelivery | null;
  recipients: RecipientCounts | null;
}

/** Nothing was ever sent there. */
export const untouched = (): DestinationStatus => ({
  health: 'unknown',
  counts: { pending: 0, retrying: 0, dead: 0, held: 0 },
  lastDelivery: null,
  recipients: null,
});

/** The list is worth more than the counts beside it: after this long it is shown without them. */
const WITHIN_MS = 300;

/** Asks `delivery`, with the caller's own token, how destinations are doing. */
@Injectable()
export class DestinationStatusClient {
  private readonly http: Axios;

  constructor(@Inject(SETTINGS) { deliveryUrl }: Pick<IntegrationsSettings, 'deliveryUrl'>) {
    this.http = new Axios({
      baseURL: deliveryUrl,
      timeout: WITHIN_MS,
      proxy: false,
      maxRedirects: 0,
      responseType: 'text',
      maxContentLength: 1_000_000,
    });
  }

  /** One call for all of them; null where it did not answer in time. */
  async of(ids: string[], authorization: string): Promise<Map<string, DestinationStatus> | null> {
    if (ids.length === 0) return new Map();
    try {
      const { status, data } = await this.http.get<string>('/internal/v1/destinations', {
        params: { ids: ids.join(',') },
        headers: { authorization },
        signal: AbortSignal.timeout(WITHIN_MS),
      });
      if (status !== 200) return null;
      const { items } = JSON.parse(data) as { items: (DestinationStatus & { integrationId: string })[] };
      return new Map(
        items.map(({ integrationId, health, counts, lastDelivery, recipients = null }) => [
          integrationId,
          { health, counts, lastDelivery, recipients },
        ]),
      );
    } catch {
      return null; // away, late or unwell: the caller shows "not known right now"
    }
  }
}
