import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { HEADERS, parseReleaseEvent, type IntegrationState, type ReleaseEvent } from '#libs/contracts';
import type { InboundRecord } from '#libs/kafka';
import { traceparentOf } from '#libs/observability';
import { LedgerClock } from '../clock/ledger-clock.service.js';
import type { DeliverySettings } from '../delivery.config.js';
import type { RequestRecord } from '../kafka/request-record.js';
import { routeReleaseEvent, withLink } from './route-release-event.js';

/** An event with the record that brought it. */
export interface Arrived {
  event: ReleaseEvent;
  record: InboundRecord;
}

/** From a record of `release.events` to what is requested for it. */
@Injectable()
export class EventRouter {
  constructor(
    @Inject(LedgerClock) private readonly clock: Pick<LedgerClock, 'now'>,
    @Inject(SETTINGS) private readonly settings: Pick<DeliverySettings, 'adminBaseUrl'>,
  ) {}

  /** By the clock that the ledger goes by, epoch ms. */
  now(): number {
    return this.clock.now();
  }

  /** @throws UnreadableEvent, UnknownVocabulary */
  read(record: InboundRecord): Arrived {
    return { event: withLink(parseReleaseEvent(record), this.settings.adminBaseUrl), record };
  }

  /** @param again the ledger may have it already, under whatever time; by default where the record says so */
  requests(
    { event, record: { headers } }: Arrived,
    integrations: Iterable<IntegrationState>,
    { again = isResent(headers), now = this.now() } = {},
  ): RequestRecord[] {
    const traceparent = traceparentOf(headers[HEADERS.traceparent]);
    return routeReleaseEvent(event, integrations, { traceparent, resent: again, now });
  }
}

/** The event was sent before, and is sent again on purpose. */
export const isResent = (headers: InboundRecord['headers']): boolean => headers[HEADERS.resent] !== undefined;
