import type { DeliveredEvent } from '#libs/contracts';
import { releaseMessage, type ReleaseMessage } from './message/release-message.js';

const JSON_HEADERS = { 'content-type': 'application/json' };

/** A delivery, and the attempt whose request is wanted. */
export interface SentDelivery {
  deliveryId: string;
  event: DeliveredEvent;
  test: boolean;
  /** The last one; the first where there was none so far. */
  attempt: { number: number; startedAt: Date };
}

/** What goes over the wire, for a person to read: what is secret is masked. */
export interface SentRequest {
  method: 'POST' | 'MAIL';
  headers: Record<string, string>;
  body: string;
}

/** Makes the request of an attempt again from the event in the ledger. */
export type Preview = (delivery: SentDelivery) => SentRequest;

export const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

/** The preview of a provider that is posted a message as JSON and nothing else. */
export const postedAs =
  (form: (message: ReleaseMessage) => unknown): Preview =>
  ({ event, test }) => ({ method: 'POST', headers: JSON_HEADERS, body: pretty(form(releaseMessage(event, test))) });
