import type { DeliveryStatus } from '../../api/types.js';

/** Whose tries are over: a new round of them can be started. */
export type Ended = Exclude<DeliveryStatus, 'pending' | 'retrying'>;
/** What waits for somebody to decide: it can be discarded as well. */
export type Waiting = Extract<DeliveryStatus, 'dead' | 'held'>;

export const isEnded = (status: DeliveryStatus | undefined): status is Ended =>
  status !== undefined && status !== 'pending' && status !== 'retrying';
export const isWaiting = (status: DeliveryStatus): status is Waiting => status === 'dead' || status === 'held';
