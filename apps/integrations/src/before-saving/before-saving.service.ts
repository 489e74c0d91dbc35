import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '#libs/auth';
import { SETTINGS } from '#libs/config';
import {
  DELIVERED_TYPES,
  isAlertType,
  sampleAlert,
  uuidv7,
  type DeliveredEvent,
  type DeliveredType,
  type EventType,
  type ProjectState,
  type ReleaseEvent,
} from '#libs/contracts';
import { unprocessable } from '#libs/problems';
import type { IntegrationsSettings } from '../integrations.config.js';
import { stateOf } from '../integrations/integration-state.js';
import { Integrations } from '../integrations/integrations.service.js';
import { KnownProjects } from '../projects/known-projects.service.js';
import { sampleEvent } from '../test-deliveries/sample-event.js';
import { TestCap } from '../test-deliveries/test-cap.js';
import type { MessagePreview, PreviewInput, UnsavedTestInput, UnsavedTestResult } from './before-saving.dto.js';
import { DeliveryCalls } from './delivery-calls.client.js';

interface Authorized {
  authorization: string;
  traceparent?: string;
}

/** Tests and messages of what is typed in. Credentials go to `delivery` sealed, as if they were saved. */
@Injectable()
export class BeforeSaving {
  constructor(
    private readonly integrations: Integrations,
    private readonly projects: KnownProjects,
    private readonly cap: TestCap,
    private readonly delivery: DeliveryCalls,
    @Inject(SETTINGS) private readonly settings: Pick<IntegrationsSettings, 'adminBaseUrl'>,
  ) {}

  /** @throws Problem 400, 404, 422, 429, 503 */
  async test(caller: Caller, input: UnsavedTestInput, headers: Authorized): Promise<UnsavedTestResult> {
    const project = await this.project(caller, input.projectId ?? null);
    const entity = await this.integrations.unsaved(caller, input);
    await this.cap.admit(caller.organizationId);
    const event = this.sample(caller, project, input.eventType ?? 'release.created', input);
    return this.delivery.post('test', { state: stateOf(entity), event }, headers);
  }

  /** @throws Problem 422, 503 */
  async preview(caller: Caller, input: PreviewInput, headers: Authorized): Promise<MessagePreview[]> {
    const { provider, eventType } = input;
    const project = await this.project(caller, input.projectId ?? null);
    const types = eventType === undefined ? [...DELIVERED_TYPES] : [eventType];
    const events = types.map((type) => this.previewed(caller, project, type, input));
    const { items } = await this.delivery.post<{ items: Omit<MessagePreview, 'eventType'>[] }>(
      'preview',
      { provider, events },
      headers,
    );
    return items.map((one, n) => ({ eventType: types[n]!, ...one }));
  }

  private async project(caller: Caller, projectId: string | null): Promise<ProjectState | undefined> {
    if (projectId === null) return this.projects.newestOf(caller.organizationId);
    const project = await this.projects.find(caller.organizationId, projectId);
    if (!project) throw unprocessable('projectId', 'There is no such project in your organization.');
    return project;
  }

  private previewed(
    caller: Caller,
    project: ProjectState | undefined,
    type: DeliveredType,
    input: PreviewInput,
  ): DeliveredEvent {
    if (!isAlertType(type)) return written(this.sample(caller, project, type, input), input);
    const { organizationId } = caller;
    const { adminBaseUrl } = this.settings;
    const projectId = input.projectId ?? null;
    const ids = { id: uuidv7(), destinationId: uuidv7() };
    return sampleAlert(type, { ...ids, organizationId, projectId, adminBaseUrl, now: new Date() });
  }

  private sample(
    { organizationId, userId, name }: Caller,
    project: ProjectState | undefined,
    eventType: EventType,
    { environment }: Pick<PreviewInput, 'environment'>,
  ): ReleaseEvent {
    const route = { organizationId, eventTypes: [eventType], environments: environment ? [environment] : [] };
    const { adminBaseUrl } = this.settings;
    return sampleEvent(route, { project, actor: { id: userId, name }, adminBaseUrl, now: new Date() });
  }
}

/** With what somebody is about to release in place of the sample. */
function written(event: ReleaseEvent, input: PreviewInput): ReleaseEvent {
  const { version, description, mandatory, rolloutPercentage, previousEnvironment, previousRolloutPercentage } = input;
  const { release, previous } = event.data;
  return {
    ...event,
    data: {
      ...event.data,
      release: {
        ...release,
        version: version ?? release.version,
        description: description === undefined ? release.description : description,
        mandatory: mandatory ?? release.mandatory,
        rolloutPercentage: rolloutPercentage ?? release.rolloutPercentage,
      },
      previous: previous && {
        environment: previous.environment && (previousEnvironment ?? previous.environment),
        rolloutPercentage:
          previous.rolloutPercentage === null ? null : (previousRolloutPercentage ?? previous.rolloutPercentage),
      },
    },
  };
}
