import type { Schema } from './client.js';

/** What the pages speak of, by the API's own names. */
export type Integration = Schema<'Integration'>;
/** Somebody on the list of an email integration. */
export type Recipient = Schema<'Recipient'>;
export type Health = NonNullable<Integration['health']>;
export type Provider = Schema<'Provider'>;
export type Tile = Schema<'ProviderTile'>;
export type TileField = Tile['fields'][number];
export type Project = Schema<'Project'>;
export type Release = Schema<'Release'>;
export type Environment = Schema<'Environment'>;
export type EventType = Schema<'EventType'>;
/** Of releases, and of destinations that stop working. */
export type DeliveredType = Schema<'DeliveredType'>;
export type Delivery = Schema<'Delivery'>;
/** A delivery with its attempts and its event as it was sent. */
export type DeliveryOne = Schema<'DeliveryOne'>;
export type DeliveryStatus = Schema<'DeliveryStatus'>;
export type AttemptEvent = Schema<'AttemptEvent'>;
export type DeliverySummary = Schema<'DeliverySummary'>;
export type IntegrationSummary = Schema<'IntegrationSummary'>;
