import type { Caller } from '#libs/auth';
import { DELIVERY_REQUESTED, HEADERS, deliveryIdOf, freshHeaders, type DeliveryRequested } from '#libs/contracts';
import type { KafkaConnection, Publisher } from '#libs/kafka';
import { unavailable } from '#libs/problems';
import type { IntegrationsQueries } from '../integrations/integrations.queries.js';
import { SOURCE } from '../integrations/integration-state.js';
import type { KnownProjects } from '../projects/known-projects.service.js';
import { sampleEvent } from './sample-event.js';

/** Sends one integration a sample of what it would get. It goes straight to Kafka: who pressed the button waits for it. */
export class TestDeliveries {
  constructor(
    private readonly integrations: IntegrationsQueries,
    private readonly projects: KnownProjects,
    private readonly connection: KafkaConnection,
    private readonly publisher: Publisher,
    private readonly adminBaseUrl: string,
  ) {}

  /** Answers the delivery's id. @throws Problem 404; 503 where Kafka is away */
  async send(caller: Caller, integrationId: string, traceparent: string): Promise<string> {
    const entity = await this.integrations.one(caller.organizationId, integrationId);
    const project =
      entity.projectId === null
        ? this.projects.newestOf(caller.organizationId)
        : await this.projects.find(caller.organizationId, entity.projectId);
    const actor = { id: caller.userId, name: caller.name };
    const event = sampleEvent(entity, { project, actor, adminBaseUrl: this.adminBaseUrl, now: new Date() });
    if (!(await this.connection.reachable())) throw unavailable('The event log');
    const deliveryId = deliveryIdOf(event.id, entity.id);
    const request: DeliveryRequested = {
      deliveryId,
      integrationId: entity.id,
      round: 1,
      attempt: 1,
      test: true,
      integrationVersion: entity.version,
      event,
    };
    await this.publisher.publish(DELIVERY_REQUESTED.topic, {
      key: DELIVERY_REQUESTED.key(request),
      value: JSON.stringify(request),
      headers: {
        ...freshHeaders('delivery.requested', SOURCE, deliveryId),
        [HEADERS.deliveryId]: deliveryId,
        [HEADERS.attempt]: '1',
        [HEADERS.traceparent]: traceparent,
      },
    });
    return deliveryId;
  }
}
