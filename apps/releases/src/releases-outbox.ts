import { TOPICS } from '#libs/contracts';
import { OutboxModule } from '#libs/outbox';
import { projectStates } from './projects/project-states.js';

/** Publishes what this service commits. */
export const releasesOutbox = OutboxModule.of({
  topics: [TOPICS.releaseEvents, TOPICS.releaseEventsDlq, TOPICS.projectState, TOPICS.projectStateDlq, TOPICS.activity],
  owner: projectStates,
  groupPrefix: 'releases.project-state',
});
