/** Waiting in the ledger for the pump: an overflow, in its order, a redelivery, or what was due and never came. */
export const QUEUE = { parked: 1, redelivery: 2, overdue: 3 } as const;
export type Queue = (typeof QUEUE)[keyof typeof QUEUE];
