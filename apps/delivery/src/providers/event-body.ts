import type { EventType, ReleaseEvent, ReleaseEventData } from '#libs/contracts';
import { webAddress } from './message/web-address.js';

/** What a receiver is told of a release event: the body of a webhook, and what the API shows as a delivery's event. */
export interface EventBody {
  type: EventType;
  timestamp: string;
  test: boolean;
  data: { eventId: string } & ReleaseEventData;
}

const TEST_MARK = '[TEST]';

/**
 * Names every field, so that what a publisher adds to its events does not reach receivers by accident. A link that is not
 * the address of a web page is left out.
 */
export function eventBody({ id, type, time, data }: ReleaseEvent, test: boolean): EventBody {
  const { organizationId, project, release, previous, actor, url } = data;
  return {
    type,
    timestamp: time,
    test,
    data: {
      eventId: id,
      organizationId,
      project: { id: project.id, name: project.name },
      release: {
        id: release.id,
        version: release.version,
        environment: release.environment,
        mandatory: release.mandatory,
        description: test ? marked(release.description) : release.description,
        rolloutPercentage: release.rolloutPercentage,
        revision: release.revision,
      },
      previous: previous && { environment: previous.environment, rolloutPercentage: previous.rolloutPercentage },
      actor: { id: actor.id, name: actor.name },
      url: url === undefined ? url : (webAddress(url) ?? undefined),
    },
  };
}

function marked(description: string | null): string {
  return description === null ? TEST_MARK : `${TEST_MARK} ${description}`;
}
