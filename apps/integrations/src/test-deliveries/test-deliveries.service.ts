import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '#libs/auth';
import { SETTINGS } from '#libs/config';
import { deliveryIdOf, type DeliveryRequested } from '#libs/contracts';
import { activityMessage } from '../activity/integration-activity.js';
import type { IntegrationsSettings } from '../integrations.config.js';
import { IntegrationsQueries } from '../integrations/integrations.queries.js';
import { KnownProjects } from '../projects/known-projects.service.js';
import { sampleEvent } from './sample-event.js';
import { TestCap } from './test-cap.js';
import { TestPublisher } from './test-publisher.service.js';

/** Sends one integration a sample of what it would get. It goes straight to Kafka: who pressed the button waits for it. */
@Injectable()
export class TestDeliveries {
  constructor(
    private readonly integrations: IntegrationsQueries,
    private readonly projects: KnownProjects,
    private readonly cap: TestCap,
    private readonly publisher: TestPublisher,
    @Inject(SETTINGS) private readonly settings: Pick<IntegrationsSettings, 'adminBaseUrl'>,
  ) {}

  /** Answers the delivery's id. @throws Problem 404; 429; 503 where Kafka is away */
  async send(caller: Caller, integrationId: string, traceparent: string): Promise<string> {
    const entity = await this.integrations.one(caller.organizationId, integrationId);
    await this.cap.admit(caller.organizationId);
    const project =
      entity.projectId === null
        ? this.projects.newestOf(caller.organizationId)
        : await this.projects.find(caller.organizationId, entity.projectId);
    const actor = { id: caller.userId, name: caller.name };
    const event = sampleEvent(entity, { project, actor, adminBaseUrl: this.settings.adminBaseUrl, now: new Date() });
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
    await this.publisher.publish(request, traceparent);
    await this.publisher.tell(activityMessage(caller, 'integration.tested', entity));
    return deliveryId;
  }
}
