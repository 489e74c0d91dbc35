import {
  deliveryIdOf,
  routeMatches,
  type DeliveryRequested,
  type IntegrationState,
  type ReleaseEvent,
} from '#libs/contracts';
import { requestRecord, type RequestRecord } from '../kafka/request-record.js';
import { recordedAt } from '../ledger/recorded-at.js';

/** How an event came, beside what it says. */
export interface Arrival {
  traceparent: string;
  /** It was sent before, and is sent again on purpose. */
  resent: boolean;
  /** Epoch ms, by the clock that the ledger goes by. */
  now: number;
}

/** One `delivery.requested` record for each integration whose route matches, disabled ones too: they hold what arrives. */
export function routeReleaseEvent(
  event: ReleaseEvent,
  integrations: Iterable<IntegrationState>,
  arrival: Arrival,
): RequestRecord[] {
  const records: RequestRecord[] = [];
  const kept = keptUnder(event, arrival);
  for (const state of integrations) {
    if (!routeMatches(state, event)) continue;
    records.push(requestRecord({ ...firstRequest(event, state), ...kept }, arrival.traceparent));
  }
  return records;
}

/** Publishers other than the releases service may leave the link out. */
export function withLink(event: ReleaseEvent, adminBaseUrl: string): ReleaseEvent {
  if (event.data.url !== undefined) return event;
  const { project, release } = event.data;
  const url = `${adminBaseUrl}/projects/${project.id}/releases/${release.id}`;
  return { ...event, data: { ...event.data, url } };
}

/**
 * Ours, sent once at the time that they say, are found in the ledger by id and time. Under another time, or by id alone,
 * it keeps what lies far from now, and what may come again under another time or was here already under ours.
 */
function keptUnder(event: ReleaseEvent, { resent, now }: Arrival): { recordedAt?: string } {
  const kept = recordedAt(event.time, now);
  return kept === event.time && event.source === undefined && !resent ? {} : { recordedAt: kept };
}

function firstRequest(event: ReleaseEvent, state: IntegrationState): DeliveryRequested {
  return {
    deliveryId: deliveryIdOf(event, state.id),
    integrationId: state.id,
    round: 1,
    attempt: 1,
    test: false,
    integrationVersion: state.version,
    event,
  };
}
