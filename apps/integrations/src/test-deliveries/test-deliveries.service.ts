import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '#libs/auth';
import { SETTINGS } from '#libs/config';
import { deliveryIdOf, type DeliveryRequested, type ProjectState } from '#libs/contracts';
import { unprocessable } from '#libs/problems';
import { activityMessage } from '../activity/integration-activity.js';
import type { IntegrationsSettings } from '../integrations.config.js';
import type { IntegrationEntity } from '../integrations/integration.entity.js';
import { IntegrationsQueries } from '../integrations/integrations.queries.js';
import { KnownProjects } from '../projects/known-projects.service.js';
import type { SampleChoice } from './sample-choice.dto.js';
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

  /** Answers the delivery's id. @throws Problem 404, 422; 429; 503 where Kafka is away */
  async send(caller: Caller, integrationId: string, choice: SampleChoice, traceparent: string): Promise<string> {
    const entity = await this.integrations.one(caller.organizationId, integrationId);
    const project = await this.project(caller, choice.projectId ?? null, entity.projectId);
    await this.cap.admit(caller.organizationId);
    const actor = { id: caller.userId, name: caller.name };
    const event = sampleEvent(chosen(entity, choice), {
      project,
      actor,
      adminBaseUrl: this.settings.adminBaseUrl,
      now: new Date(),
    });
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

  private async project(
    { organizationId }: Caller,
    chosenId: string | null,
    routeId: string | null,
  ): Promise<ProjectState | undefined> {
    if (chosenId === null && routeId === null) return this.projects.newestOf(organizationId);
    const project = await this.projects.find(organizationId, (chosenId ?? routeId)!);
    if (!project && chosenId !== null)
      throw unprocessable('projectId', 'There is no such project in your organization.');
    return project;
  }
}

/** The route with one event type and environment, where one was chosen. */
const chosen = (entity: IntegrationEntity, { eventType, environment }: SampleChoice) => ({
  organizationId: entity.organizationId,
  eventTypes: eventType === undefined ? entity.eventTypes : [eventType],
  environments: environment === undefined ? entity.environments : [environment],
});
