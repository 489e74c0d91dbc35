import type { Queue } from '../ledger/queue.js';
import type { DeliveryRequested } from '#libs/contracts';

/** One attempt of one delivery on its way through this process. */
export interface Delivery {
  readonly request: DeliveryRequested;
  /** W3C trace context that it came with. */
  readonly traceparent: string;
  /** Epoch ms as text, where an attempt of this round failed before. */
  readonly firstFailedAt: string | undefined;
  /** Epoch ms; undefined for the first attempt of a round. */
  readonly dueAt: number | undefined;
  /** Its place among its destination's deliveries: the offset it arrived with. */
  readonly position: string;
  /** Every attempt of this round so far was refused for good. */
  readonly onlyPermanent: boolean;
  /** When this round began, epoch ms; undefined for one that begins with this attempt, and where nobody knows. */
  readonly roundBeganAt: number | undefined;
  /** In which queue of the ledger it waits, where the pump took it from there; null where a record brought it. */
  readonly queue: Queue | null;
  /** False as soon as another instance has its partition: nothing new is begun for it here. */
  readonly owned: () => boolean;
}

/** The attempt is part of the name: a message read twice is dropped, a real retry is not. */
export const attemptKey = ({ deliveryId, round, attempt }: DeliveryRequested): string =>
  `${deliveryId}:${round}:${attempt}`;

export const deliveryIdOfKey = (key: string): string => key.slice(0, key.indexOf(':'));

/** When the round of an attempt that began at this time did, epoch ms; 0 where nobody knows. */
export const roundBeganAt = ({ roundBeganAt: known, request }: Delivery, startedAt: Date | undefined): number =>
  known ?? (request.attempt === 1 ? (startedAt?.getTime() ?? 0) : 0);
