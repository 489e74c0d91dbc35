import { Type, type Static } from 'typebox';
import { cloudEventHeaders } from './cloud-event.js';
import type { EncodedRecord } from './contract.js';
import { DeliveredEventSchema } from './destination-event.js';
import { DELIVERY_OUTCOMES, ERROR_CODES, DELIVERED_TYPES, ProviderId, oneOf } from './vocabulary.js';

const Uuid = Type.String({ format: 'uuid' });
const ErrorCodeOrNull = Type.Union([Type.Null(), oneOf(ERROR_CODES)]);
const IntegerOrNull = Type.Union([Type.Null(), Type.Integer()]);
const Time = Type.String({ format: 'date-time' });

/** One attempt of one delivery, named by delivery, round and attempt. */
const deliveryRequest = {
  deliveryId: Uuid,
  integrationId: Uuid,
  /** Which round of tries, from 1; a redelivery starts the next. */
  round: Type.Integer({ minimum: 1 }),
  /** Which try in its round, from 1. */
  attempt: Type.Integer({ minimum: 1 }),
  test: Type.Boolean(),
  /** The version of the integration's state that it was routed by: the sender waits until it knows that one. */
  integrationVersion: Type.Integer({ minimum: 0 }),
  event: DeliveredEventSchema,
  /**
   * The time that the ledger keeps the delivery under, where that need not be the event's own: it lies far from ours, or
   * somebody may send the event again under another time. Such a delivery is looked up by its id alone. Missing: the event's.
   */
  recordedAt: Type.Optional(Type.String({ format: 'date-time' })),
};

/**
 * An attempt of a delivery is due. Sent by delivery/routing for each integration whose route matches,
 * by delivery/alerts for each integration that asks for alerts, by delivery/retries when a retry is due, and by
 * apps/integrations for a test.
 */
export const DeliveryRequested = Type.Object(deliveryRequest);
export type DeliveryRequested = Static<typeof DeliveryRequested>;
export const DELIVERY_REQUESTED = {
  topic: 'delivery.requested',
  /** What cannot be read of it and of the retry topics: apart from dead letters, which can. */
  deadLetterTopic: 'delivery.requested.dlq',
  schema: DeliveryRequested,
  /** Keeps one integration's deliveries in order. */
  key: (request: DeliveryRequested) => request.integrationId,
} as const;

/** Who sends a record about a delivery, and within which trace. */
export interface RecordOrigin {
  /** CloudEvents source. */
  source: string;
  traceparent: string;
}

/** Writes a `delivery.requested` record, for that topic as for the retry ladder's. */
export function encodeDeliveryRequested(
  request: DeliveryRequested,
  origin: RecordOrigin,
  extra: Record<string, string> = {},
): EncodedRecord & { value: string } {
  return {
    key: DELIVERY_REQUESTED.key(request),
    value: JSON.stringify(request),
    headers: { ...deliveryHeaders('delivery.requested', request, origin), ...extra },
  };
}

/** What every record about a delivery carries beside its value. The id names the attempt: sent again, it is the same. */
export function deliveryHeaders(
  type: string,
  { deliveryId, round, attempt }: Pick<DeliveryRequested, 'deliveryId' | 'round' | 'attempt'>,
  { source, traceparent }: RecordOrigin,
): Record<string, string> {
  return {
    ...cloudEventHeaders({
      id: `${deliveryId}:${round}:${attempt}`,
      type,
      source,
      time: new Date().toISOString(),
    }),
    [HEADERS.deliveryId]: deliveryId,
    [HEADERS.attempt]: String(attempt),
    [HEADERS.traceparent]: traceparent,
  };
}

/** The topic on which attempts wait for one delay, e.g. `delivery.retry.5s`. The value is the next attempt's request. */
export const retryTopic = (label: string): string => `delivery.retry.${label}`;

/** A delivery's last attempt failed. Sent by delivery/sending. The value is the request with what went wrong last. */
export const DeliveryDeadLettered = Type.Object({
  ...deliveryRequest,
  lastError: Type.Object({ code: oneOf(ERROR_CODES), message: Type.String(), statusCode: IntegerOrNull }),
});
export type DeliveryDeadLettered = Static<typeof DeliveryDeadLettered>;
export const DELIVERY_DLQ = {
  topic: 'delivery.dlq',
  schema: DeliveryDeadLettered,
  key: (letter: DeliveryDeadLettered) => letter.integrationId,
} as const;

/** How one attempt ended, for dashboards: no secrets, no bodies. Sent by delivery/sending, once per attempt. */
export const DeliveryOutcome = Type.Object({
  deliveryId: Uuid,
  eventId: Type.String(),
  eventType: oneOf(DELIVERED_TYPES),
  /** When the event happened. */
  eventTime: Time,
  /** The time that the ledger keeps the delivery under; missing where that is the event's own. */
  recordedAt: Type.Optional(Time),
  organizationId: Type.String(),
  /** null for an alert about a destination of all projects. */
  projectId: Type.Union([Type.Null(), Uuid]),
  integrationId: Uuid,
  /** null where the integration is not known. */
  provider: Type.Union([Type.Null(), ProviderId]),
  test: Type.Boolean(),
  round: Type.Integer({ minimum: 1 }),
  attempt: Type.Integer({ minimum: 1 }),
  outcome: oneOf(DELIVERY_OUTCOMES),
  statusCode: IntegerOrNull,
  errorCode: ErrorCodeOrNull,
  /** null where no request was made. */
  durationMs: IntegerOrNull,
  at: Time,
  nextAttemptAt: Type.Union([Type.Null(), Time]),
});
export type DeliveryOutcome = Static<typeof DeliveryOutcome>;
export const DELIVERY_OUTCOMES_TOPIC = {
  topic: 'delivery.outcomes',
  schema: DeliveryOutcome,
  key: (outcome: DeliveryOutcome) => outcome.integrationId,
} as const;

/** Header names beside `ce_*`. Values are strings; `dueAt`, `firstFailedAt`, `roundBeganAt` and `savedAt` are epoch ms. */
export const HEADERS = {
  deliveryId: 'np-delivery-id',
  attempt: 'np-attempt',
  dueAt: 'np-due-at',
  firstFailedAt: 'np-first-failed-at',
  /** On a retry: what the destination took since then clears it of this round's refusals. */
  roundBeganAt: 'np-round-began-at',
  errorCode: 'np-error-code',
  traceparent: 'traceparent',
  /** On an event that was sent before and is sent again on purpose. */
  resent: 'np-resent',
  /** On a state that reached its topic more than a second after it was saved. */
  savedAt: 'np-saved-at',
} as const;
