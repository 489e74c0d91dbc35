import { v5, v7 } from 'uuid';

/** A new id that grows with time (RFC 9562, version 7; monotonic within a process). */
export const uuidv7 = (): string => v7();

/** The same event routed twice to the same integration is the same delivery. */
export const deliveryIdOf = (eventId: string, integrationId: string): string => v5(eventId, integrationId);
