import { Injectable } from '@nestjs/common';
import type { Actor, DeliveryStatus, IntegrationState } from '#libs/contracts';
import { conflict, notFound, unprocessable } from '#libs/problems';
import { redeliveryActivity, type DoneTo } from '../activity/redelivery-activity.js';
import { ConnectedDestinations } from './connected-destinations.service.js';
import {
  RedeliveryQueries,
  START,
  type Chunk,
  type ChunkOptions,
  type ChunkPosition,
  type Selected,
} from './redelivery.queries.js';

/** Bounded, so that no statement holds many locks for long; what was committed stays done when a later one fails. */
const CHUNK = 5_000;

const UNDER_WAY: readonly DeliveryStatus[] = ['pending', 'retrying'];
const DISCARDABLE: readonly DeliveryStatus[] = ['dead', 'held'];

type ChangeChunk = (selected: Selected, after: ChunkPosition, options: ChunkOptions) => Promise<Chunk>;
/** Of the caller's organization. */
type Selection = Omit<Selected, 'organizationId'>;

/** Starts new rounds of tries, and drops what nobody wants any more. The posting is the pump's. */
@Injectable()
export class Redelivery {
  constructor(
    private readonly queries: RedeliveryQueries,
    private readonly destinations: ConnectedDestinations,
  ) {}

  /** @throws Problem 404 unknown, 409 pending or retrying, or its destination is disconnected, 422 its integration is gone */
  async redeliverOne(actor: Actor, id: string): Promise<number> {
    const target = await this.queries.target(actor.organizationId, id);
    if (!target) throw notFound('delivery');
    const integration = this.destinations.find(target.integrationId);
    if (!integration) throw unprocessable('integrationId', 'The integration of this delivery no longer exists.');
    if (UNDER_WAY.includes(target.status)) throw conflict(`This delivery is ${target.status}: its tries are not over.`);
    await this.destinations.mustBeConnected(integration);
    const { status, about } = target;
    const done = { count: 1, statuses: [status], delivery: id, ...(about !== null && { about }) };
    const activity = redeliveryActivity(actor, 'deliveries.redelivered', integration, done);
    if (await this.queries.requeueOne(id, target, activity)) return 1;
    throw conflict('Somebody else has just redelivered this delivery.');
  }

  /** Oldest first. @throws Problem 409 pending or retrying among the statuses, or the destination is disconnected, 422 no such integration */
  async redeliver(actor: Actor, selection: Selection): Promise<number> {
    const selected = { ...selection, organizationId: actor.organizationId };
    const integration = this.check(selected);
    await this.destinations.mustBeConnected(integration);
    const activityOf = (count: number) =>
      redeliveryActivity(actor, 'deliveries.redelivered', integration, doneTo(selected, count));
    return inChunks(selected, activityOf, (...chunk) => this.queries.requeue(...chunk));
  }

  /** @throws Problem 409 a status that is under way, 422 no such integration, or a status that is an end already */
  async discard(actor: Actor, selection: Selection): Promise<number> {
    const selected = { ...selection, organizationId: actor.organizationId };
    const integration = this.check(selected);
    const ended = selected.statuses.find((status) => !DISCARDABLE.includes(status));
    if (ended)
      throw unprocessable('statuses', `What is ${ended} cannot be discarded; ${DISCARDABLE.join(' and ')} can.`);
    const activityOf = (count: number) =>
      redeliveryActivity(actor, 'deliveries.discarded', integration, doneTo(selected, count));
    return inChunks(selected, activityOf, (...chunk) => this.queries.discard(...chunk));
  }

  private check({ organizationId, integrationId, statuses }: Selected): IntegrationState {
    const integration = this.destinations.get(organizationId, integrationId);
    const underWay = statuses.find((status) => UNDER_WAY.includes(status));
    if (underWay) {
      const message = `What is ${underWay} is still being tried; wait for its end.`;
      throw conflict(message, [{ field: 'statuses', message }]);
    }
    return integration;
  }
}

/** Of one that was named it is told which one. */
const doneTo = ({ statuses, ids = [] }: Selected, count: number): DoneTo => ({
  count,
  statuses,
  ...(ids.length === 1 && { delivery: ids[0]! }),
});

async function inChunks(
  selected: Selected,
  activityOf: ChunkOptions['activityOf'],
  change: ChangeChunk,
): Promise<number> {
  let count = 0;
  let position: ChunkPosition | undefined = START;
  while (position) {
    const chunk: Chunk = await change(selected, position, { limit: CHUNK, activityOf });
    count += chunk.changed;
    position = chunk.next;
  }
  return count;
}
