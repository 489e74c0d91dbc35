import { TOPICS } from '#libs/contracts';
import { OutboxModule } from '#libs/outbox';
import { integrationStates } from './integrations/integration-states.js';

/** Publishes what this service commits. Tests of a destination go to `delivery.requested`, and projects are read. */
export const integrationsOutbox = OutboxModule.of({
  topics: [
    TOPICS.integrationState,
    TOPICS.integrationStateDlq,
    TOPICS.deliveryRequested,
    TOPICS.projectState,
    TOPICS.projectStateDlq,
    TOPICS.releaseEvents,
    TOPICS.activity,
    TOPICS.activityDlq,
  ],
  owner: integrationStates,
  groupPrefix: 'integrations.integration-state',
});
