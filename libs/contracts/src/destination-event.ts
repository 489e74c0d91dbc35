import { Type, type Static } from 'typebox';
import { ReleaseEventSchema, type ReleaseEvent } from './release-event.js';
import { ALERT_TYPES, ProviderId, isAlertType, oneOf, type AlertType } from './vocabulary.js';

const Time = Type.String({ format: 'date-time' });

/** A destination stopped working, or works again. */
export const DestinationEventData = Type.Object({
  organizationId: Type.String({ minLength: 1, maxLength: 64, description: 'The organization that it belongs to' }),
  destination: Type.Object(
    {
      id: Type.String({ format: 'uuid', description: 'Of the integration, as in the API' }),
      name: Type.String({ minLength: 1, maxLength: 200, description: 'As it is called in the web console' }),
      provider: Type.String({ ...ProviderId, description: 'Its kind, for instance slack or webhook' }),
      target: Type.String({ description: 'Where it leads to; secrets are masked' }),
      projectId: Type.Union([Type.Null(), Type.String({ format: 'uuid' })], {
        description: 'The project whose releases it receives; null: all projects of the organization',
      }),
    },
    { description: 'The destination that it is about' },
  ),
  change: Type.Integer({ minimum: 1, description: 'Grows with every alert about the destination: drop what is older' }),
  since: Type.String({ format: 'date-time', description: 'When it last began to fail' }),
  reason: Type.Union([Type.Null(), Type.String()], {
    description: 'The latest error, in a sentence for a person; null once it has recovered, or where nobody knows',
  }),
  url: Type.String({ format: 'uri', maxLength: 2000, description: 'Link to the destination in the web console' }),
});
export type DestinationEventData = Static<typeof DestinationEventData>;

export const DestinationEventSchema = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 100 }),
  type: oneOf(ALERT_TYPES),
  time: Time,
  data: DestinationEventData,
});

/**
 * An alert. Made by delivery, once per change, for integrations that ask for alerts; it goes straight to
 * `delivery.requested`, so it has no topic of its own.
 */
export interface DestinationEvent {
  /** Made of the destination and the number of the change: the same however often it is requested. */
  id: string;
  /** Always missing: alerts are ours. */
  source?: undefined;
  type: AlertType;
  /** ISO 8601. */
  time: string;
  data: DestinationEventData;
}

/** What a delivery carries. */
export type DeliveredEvent = ReleaseEvent | DestinationEvent;
export const DeliveredEventSchema = Type.Unsafe<DeliveredEvent>(
  Type.Union([ReleaseEventSchema, DestinationEventSchema]),
);

export const isAlert = (event: DeliveredEvent): event is DestinationEvent => isAlertType(event.type);

/** The project that an event is about; null for an alert about a destination of all projects. */
export const projectIdOf = (event: DeliveredEvent): string | null =>
  isAlert(event) ? event.data.destination.projectId : event.data.project.id;
