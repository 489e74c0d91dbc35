import {
  isAlert,
  type AlertType,
  type DeliveredEvent,
  type DestinationEvent,
  type DestinationEventData,
  type EventType,
  type ReleaseEvent,
  type ReleaseEventData,
} from '#libs/contracts';
import { webAddress } from './message/web-address.js';

/** What a receiver is told of an event: the body of a webhook, and what the API shows as a delivery's event. */
export type EventBody = ReleaseBody | AlertBody;

export interface ReleaseBody {
  type: EventType;
  timestamp: string;
  test: boolean;
  data: { eventId: string } & ReleaseEventData;
}

export interface AlertBody {
  type: AlertType;
  timestamp: string;
  test: boolean;
  data: { eventId: string } & DestinationEventData;
}

const TEST_MARK = '[TEST]';

/**
 * Names every field, so that what a publisher adds to its events does not reach receivers by accident. A link that is not
 * the address of a web page is left out.
 */
export const eventBody = (event: DeliveredEvent, test: boolean): EventBody =>
  isAlert(event) ? alertBody(event, test) : releaseBody(event, test);

function releaseBody({ id, type, time, data }: ReleaseEvent, test: boolean): ReleaseBody {
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

function alertBody({ id, type, time, data }: DestinationEvent, test: boolean): AlertBody {
  const { organizationId, destination, change, since, reason, url } = data;
  const { id: destinationId, name, provider, target, projectId } = destination;
  return {
    type,
    timestamp: time,
    test,
    data: {
      eventId: id,
      organizationId,
      destination: { id: destinationId, name, provider, target, projectId },
      change,
      since,
      reason,
      url,
    },
  };
}
