import type { Caller } from '#libs/auth';
import { DELIVERY_REQUESTED, HEADERS, deliveryIdOf, freshHeaders, type DeliveryRequested } from '#libs/contracts';
import { isOutage, type KafkaConnection, type Publisher, type OutboundRecord } from '#libs/kafka';
import { unavailable } from '#libs/problems';
import type { IntegrationsQueries } from '../integrations/integrations.queries.js';
import { SOURCE } from '../integrations/integration-state.js';
import type { KnownProjects } from '../projects/known-projects.service.js';
import type { TestCap } from './test-cap.js';
import { sampleEvent } from './sample-event.js';

export interface TestDeliveriesDependencies {
  integrations: IntegrationsQueries;
  projects: KnownProjects;
  cap: TestCap;
  connection: KafkaConnection;
  publisher: Publisher;
  /** The console's origin, for the deep link. */
  adminBaseUrl: string;
}

/** Who pressed the button is told by then, also where the brokers went away a moment ago. */
const ANSWER_WITHIN_MS = 3_000;

/** Sends one integration a sample of what it would get. It goes straight to Kafka: who pressed the button waits for it. */
export class TestDeliveries {
  constructor(private readonly on: TestDeliveriesDependencies) {}

  /** Answers the delivery's id. @throws Problem 404; 429; 503 where Kafka is away */
  async send(caller: Caller, integrationId: string, traceparent: string): Promise<string> {
    const entity = await this.on.integrations.one(caller.organizationId, integrationId);
    await this.on.cap.admit(caller.organizationId);
    const project =
      entity.projectId === null
        ? this.on.projects.newestOf(caller.organizationId)
        : await this.on.projects.find(caller.organizationId, entity.projectId);
    const actor = { id: caller.userId, name: caller.name };
    const event = sampleEvent(entity, { project, actor, adminBaseUrl: this.on.adminBaseUrl, now: new Date() });
    const deliveryId = deliveryIdOf(event, entity.id);
    const request: DeliveryRequested = {
      deliveryId,
      integrationId: entity.id,
      round: 1,
      attempt: 1,
      test: true,
      integrationVersion: entity.version,
      event,
    };
    await this.publish(request, traceparent);
    return deliveryId;
  }

  private async publish(request: DeliveryRequested, traceparent: string): Promise<void> {
    if (!(await this.on.connection.reachable())) throw unavailable('The event log');
    try {
      await withinMs(
        ANSWER_WITHIN_MS,
        this.on.publisher.publish(DELIVERY_REQUESTED.topic, recordOf(request, traceparent)),
      );
    } catch (error) {
      throw isOutage(error) ? unavailable('The event log') : error;
    }
  }
}

function recordOf(request: DeliveryRequested, traceparent: string): OutboundRecord {
  return {
    key: DELIVERY_REQUESTED.key(request),
    value: JSON.stringify(request),
    headers: {
      ...freshHeaders('delivery.requested', SOURCE, request.deliveryId),
      [HEADERS.deliveryId]: request.deliveryId,
      [HEADERS.attempt]: String(request.attempt),
      [HEADERS.traceparent]: traceparent,
    },
  };
}

/** @throws Problem 503 where it takes longer; the work itself goes on */
async function withinMs<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable('The event log')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
