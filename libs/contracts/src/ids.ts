import { randomFillSync } from 'node:crypto';
import { v5, v7 } from 'uuid';

/** The time of the newest id, epoch ms, and its place among those of the same time: the first leaves room for 2³¹ more. */
const newest = { msecs: 0, seq: 0 };

/** A new id that grows with time (RFC 9562, version 7; monotonic within a process). */
export function uuidv7(): string {
  const random = randomBytes();
  const now = Date.now();
  if (now > newest.msecs) Object.assign(newest, { msecs: now, seq: random.readUInt32BE(0) >>> 1 });
  else newest.seq += 1;
  return v7({ random, ...newest });
}

const ID_BYTES = 16;
const pool = Buffer.alloc(1_000 * ID_BYTES);
let drawn = pool.length;

/** Drawn in bulk: drawn for each id they cost more than all the rest of it. */
function randomBytes(): Buffer {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += ID_BYTES;
  return pool.subarray(drawn - ID_BYTES, drawn);
}

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
