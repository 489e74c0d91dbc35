import { Inject, Injectable } from '@nestjs/common';
import type { Axios } from 'axios';
import { LRUCache } from 'lru-cache';
import { SETTINGS } from '#libs/config';
import type { Health } from '#libs/contracts';
import { within } from '#libs/deadline';
import type { IntegrationsSettings } from '../integrations.config.js';
import { deliveryHttp } from './delivery-http.js';
import type { LastDelivery, OpenDeliveryCounts, RecipientCounts, StatusFreshness } from './integration.dto.js';

/** What `delivery` knows of a destination. */
export interface DestinationStatus {
  health: Health;
  counts: OpenDeliveryCounts;
  lastDelivery: LastDelivery | null;
  recipients: RecipientCounts | null;
}

/** What is known of a destination, and since when; `status` is null where nothing is. */
export interface KnownStatus {
  status: DestinationStatus | null;
  freshness: StatusFreshness;
}

/** Nothing was ever sent there. */
export const untouched = (): DestinationStatus => ({
  health: 'unknown',
  counts: { pending: 0, retrying: 0, dead: 0, held: 0 },
  lastDelivery: null,
  recipients: null,
});

/** As of now. */
export const current = (status: DestinationStatus): KnownStatus => ({
  status,
  freshness: { state: 'current', asOf: new Date().toISOString(), unavailableSince: null },
});

/** The list is worth more than the counts beside it: after this long it is shown with the last known ones. */
const WITHIN_MS = 300;
/** An answer that is later than that still counts for the next list. */
const LATE_MS = 5_000;
/** As many as `delivery` takes in one call. */
const MOST_IDS = 100;
/** So many late answers are waited for at once; each holds a connection. */
const MOST_LATE = 16;
/** The last known status of this many destinations is kept, some 500 bytes each. */
const KEPT = 20_000;

interface Kept {
  status: DestinationStatus;
  at: Date;
}

/** Asks `delivery`, with the caller's own token, how destinations are doing; remembers the last answer for when there is none. */
@Injectable()
export class DestinationStatusClient {
  private readonly http: Axios;
  private readonly kept = new LRUCache<string, Kept>({ max: KEPT });
  private late = 0;
  private unavailableSince: Date | null = null;
  /** When the newest call that was answered began. */
  private answered = new Date(0);

  constructor(@Inject(SETTINGS) { deliveryUrl }: Pick<IntegrationsSettings, 'deliveryUrl'>) {
    this.http = deliveryHttp(deliveryUrl, LATE_MS);
  }

  /** One call for each hundred of them. What is not answered in time is as it was last known. */
  async of(ids: readonly string[], authorization: string): Promise<Map<string, KnownStatus>> {
    if (ids.length === 0) return new Map();
    const answered = await within(WITHIN_MS, this.ask(ids, authorization), () => undefined); // later, it counts for the next list
    if (!answered) return new Map(ids.map((id) => [id, this.lastKnown(id)]));
    return new Map(ids.map((id) => [id, current(answered.get(id) ?? untouched())]));
  }

  private lastKnown(id: string): KnownStatus {
    const { status = null, at } = this.kept.get(id) ?? {};
    const unavailableSince = this.unavailableSince?.toISOString() ?? null;
    if (!at) return { status, freshness: { state: 'unknown', asOf: null, unavailableSince } };
    return { status, freshness: { state: 'earlier', asOf: at.toISOString(), unavailableSince } };
  }

  /** Undefined where there is no answer at all: away, hung or unwell. */
  private async ask(
    ids: readonly string[],
    authorization: string,
  ): Promise<Map<string, DestinationStatus> | undefined> {
    const begun = new Date();
    const waitMs = this.late < MOST_LATE ? LATE_MS : WITHIN_MS;
    this.late += 1;
    try {
      const statuses = await this.fetchAll(ids, authorization, AbortSignal.timeout(waitMs));
      for (const id of ids) this.kept.set(id, { status: statuses.get(id) ?? untouched(), at: begun });
      this.unavailableSince = null;
      if (begun > this.answered) this.answered = begun;
      return statuses;
    } catch {
      if (begun >= this.answered) this.unavailableSince ??= begun; // shown with the list, which is served without it
      return undefined;
    } finally {
      this.late -= 1;
    }
  }

  private async fetchAll(
    ids: readonly string[],
    authorization: string,
    signal: AbortSignal,
  ): Promise<Map<string, DestinationStatus>> {
    const calls = Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, call) =>
      this.fetch(ids.slice(call * MOST_IDS, (call + 1) * MOST_IDS), authorization, signal),
    );
    return new Map((await Promise.all(calls)).flatMap((statuses) => [...statuses]));
  }

  /** @throws where the answer is none, or no list of destinations */
  private async fetch(
    ids: readonly string[],
    authorization: string,
    signal: AbortSignal,
  ): Promise<Map<string, DestinationStatus>> {
    const { status, data } = await this.http.get<string>('/internal/v1/destinations', {
      params: { ids: ids.join(',') },
      headers: { authorization },
      signal,
    });
    if (status !== 200) throw new Error(`delivery answered ${status}`);
    const { items } = JSON.parse(data) as { items: (DestinationStatus & { integrationId: string })[] };
    return new Map(
      items.map(({ integrationId, health, counts, lastDelivery, recipients = null }) => [
        integrationId,
        { health, counts, lastDelivery, recipients },
      ]),
    );
  }
}
