import {
  alertIdOf,
  deliveryIdOf,
  type DeliveryRequested,
  type DestinationEvent,
  type IntegrationState,
} from '#libs/contracts';
import type { PendingAlert } from './alerts.queries.js';

/**
 * Who is alerted of a destination: integrations that ask for alerts and whose route covers its project. Event types and
 * environments are of releases. Never the destination itself: it is the one that does not work.
 */
export const isAlerted = (receiver: IntegrationState, destination: IntegrationState): boolean =>
  receiver.alerts === true &&
  receiver.id !== destination.id &&
  receiver.organizationId === destination.organizationId &&
  (receiver.projectId === null || receiver.projectId === destination.projectId);

/** The event of a change. Its id is made of the destination and the change: an alert that is requested twice is one delivery. */
export function alertEvent(
  alert: PendingAlert,
  { id, organizationId, name, provider, destination: target, projectId }: IntegrationState,
  { reason, adminBaseUrl }: { reason: string | null; adminBaseUrl: string },
): DestinationEvent {
  return {
    id: alertIdOf(id, alert.change),
    type: alert.type,
    time: alert.at.toISOString(),
    data: {
      organizationId,
      destination: { id, name, provider, target, projectId },
      change: alert.change,
      since: alert.failing_since.toISOString(),
      reason: alert.type === 'destination.recovered' ? null : reason,
      url: `${adminBaseUrl}/integrations/${id}`,
    },
  };
}

/** The first attempt of an alert for one receiver. */
export const alertRequest = (event: DestinationEvent, receiver: IntegrationState): DeliveryRequested => ({
  deliveryId: deliveryIdOf(event, receiver.id),
  integrationId: receiver.id,
  round: 1,
  attempt: 1,
  test: false,
  integrationVersion: receiver.version,
  event,
});
