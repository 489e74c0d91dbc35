import { v5, v7 } from 'uuid';

/** A new id that grows with time (RFC 9562, version 7; monotonic within a process). */
export const uuidv7 = (): string => v7();

/**
 * The same event routed twice to the same integration is the same delivery. An event is its source and its id; for our
 * own, which carry no source here, the id alone: their deliveries keep the ids that they have always had.
 */
export function deliveryIdOf({ id, source }: { id: string; source?: string }, integrationId: string): string {
  const ours = source === undefined && !id.includes(BETWEEN);
  return v5(ours ? id : `${source ?? ''}${BETWEEN}${id}`, integrationId);
}

/** The id of the event that says of a destination's change, by the change's number: the same however often it is made. */
export const alertIdOf = (destinationId: string, change: number): string =>
  v5(`destination-change:${change}`, destinationId);

/** In place of the id of an integration that is not saved: the same for all of an organization, so that who unsubscribes from its tests is left out of all. */
export const unsavedIdOf = (organizationId: string): string => v5(organizationId, UNSAVED);

const UNSAVED = 'b0c8a0c6-2a0c-4d0f-9a57-6d5b8c3e4f10';

/** Not in any source, so that no two pairs make the same name. */
const BETWEEN = '\u0000';
