import type { Delivery } from '../../api/types.js';
import { isEnded, isWaiting } from '../deliveries/ended.js';

/** What can be done about deliveries that were picked: each with those that it is about. */
export interface Choices {
  redeliver: readonly Delivery[];
  discard: readonly Delivery[];
  retryNow: readonly Delivery[];
}

/** A test is sent again by another test; what waits for its turn is sent in a moment. */
export const canBePicked = ({ test, status }: Pick<Delivery, 'test' | 'status'>): boolean =>
  !test && status !== 'pending';

export const choicesOf = (picked: readonly Delivery[]): Choices => ({
  redeliver: picked.filter(({ status }) => isEnded(status)),
  discard: picked.filter(({ status }) => isWaiting(status)),
  retryNow: picked.filter(({ status }) => status === 'retrying'),
});

/** Some have arrived already: they are sent once more only when that is confirmed. */
export const someArrived = (deliveries: readonly Delivery[]): boolean =>
  deliveries.some(({ status }) => status === 'delivered');
