import { Type, type TUnsafe } from 'typebox';

/** An app's stages, lowest first: a release is promoted from left to right. */
export const ENVIRONMENTS = ['test', 'stage', 'prod'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export const EVENT_TYPES = ['release.created', 'release.promoted', 'release.rollout_changed'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Of destinations, not of releases: no route names them, an integration asks for all of them or for none. */
export const ALERT_TYPES = ['destination.disconnected', 'destination.failing', 'destination.recovered'] as const;
export type AlertType = (typeof ALERT_TYPES)[number];

/** All that is delivered. */
export const DELIVERED_TYPES = [...EVENT_TYPES, ...ALERT_TYPES] as const;
export type DeliveredType = (typeof DELIVERED_TYPES)[number];

export const isAlertType = (type: DeliveredType): type is AlertType => type.startsWith('destination.');

/**
 * The id of a kind of destination. Any: libs/providers declares those that this version knows, and what a newer one says of
 * others must be readable, so that it can wait for an instance that knows them.
 */
export const ProviderId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' });

export const DELIVERY_STATUSES = ['pending', 'retrying', 'delivered', 'dead', 'held', 'dropped'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What a message or an attempt may end as; `pending` is not an end. */
export const DELIVERY_OUTCOMES = ['delivered', 'retrying', 'dead', 'held', 'dropped'] as const;
export type DeliveryOutcomeKind = (typeof DELIVERY_OUTCOMES)[number];

export const HEALTHS = ['unknown', 'healthy', 'failing', 'needs_reconnect'] as const;
export type Health = (typeof HEALTHS)[number];

/** Why an attempt failed, for programs; the sentence beside it is for people. */
export const ERROR_CODES = [
  'connection_refused',
  'connection_reset',
  'dns_failed',
  'tls_failed',
  'timeout',
  'address_forbidden',
  'redirected',
  'response_too_large',
  'rate_limited',
  'client_error',
  'server_error',
  'credentials_revoked',
  'destination_missing',
  'message_rejected',
  'needs_reconnect',
  'malformed_response',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A JSON Schema of string literals. */
export function oneOf<const T extends readonly string[]>(values: T, options: object = {}): TUnsafe<T[number]> {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...options });
}
