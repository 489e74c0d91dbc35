/** Waiting in the ledger for the pump: an overflow, in its order, a redelivery, or what was due and never came. */
export const QUEUE = { parked: 1, redelivery: 2, overdue: 3 } as const;
export type Queue = (typeof QUEUE)[keyof typeof QUEUE];

/** Of `UPDATE deliveries d SET`: a new round of tries, which waits for the pump. */
export const REQUEUE = `status = 'pending', round = d.round + 1, round_attempts = 0, queue = ${QUEUE.redelivery}, queue_position = 0,
  next_attempt_at = NULL, updated_at = now()`;

/** Of `UPDATE deliveries d SET`: the next try of the same round, which waits for the pump and no longer for its record. */
export const TAKE_UP = `queue = ${QUEUE.overdue}, queue_position = 0, status = 'pending', next_attempt_at = NULL, updated_at = now()`;
