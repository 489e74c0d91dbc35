import type { KafkaMessage } from 'kafkajs';

const DUE_AT = 'np-due-at';

/** When a record is due, epoch ms; one that does not say is due at once. */
export function dueAtOf({ headers }: Pick<KafkaMessage, 'headers'>): number {
  const header = headers?.[DUE_AT];
  const dueAt = Number(Array.isArray(header) ? header.at(-1) : header);
  return Number.isFinite(dueAt) ? dueAt : 0;
}

/** How many records from the head are due. */
export function dueUntil(messages: readonly Pick<KafkaMessage, 'headers'>[], now: number): number {
  const index = messages.findIndex((message) => dueAtOf(message) > now);
  return index === -1 ? messages.length : index;
}
