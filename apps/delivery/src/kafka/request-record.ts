import { encodeDeliveryRequested, type DeliveryRequested } from '#libs/contracts';

/** CloudEvents source of this service. */
export const DELIVERY_SOURCE = '/nitropush/delivery';

export type RequestRecord = ReturnType<typeof encodeDeliveryRequested>;

/** A request as a record, for its first topic as for the retry ladder's. */
export function requestRecord(
  request: DeliveryRequested,
  traceparent: string,
  extra?: Record<string, string>,
): RequestRecord {
  return encodeDeliveryRequested(request, { source: DELIVERY_SOURCE, traceparent }, extra);
}
