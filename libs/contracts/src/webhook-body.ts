import { Type, type TSchema } from 'typebox';
import { DestinationEventData } from './destination-event.js';
import { ReleaseEventData } from './release-event.js';
import { ALERT_TYPES, EVENT_TYPES, type DeliveredType } from './vocabulary.js';

const EventId = Type.String({ description: 'The same for every destination and every attempt' });

const bodyOf = (type: DeliveredType, data: TSchema): TSchema =>
  Type.Object({
    type: Type.Literal(type, { description: 'The type of the event' }),
    timestamp: Type.String({ format: 'date-time', description: 'When it happened' }),
    test: Type.Boolean({ description: 'Sent by hand: nothing happened' }),
    data,
  });

const DATA = { description: 'The event' };
const releaseData = Type.Object({ eventId: EventId, ...ReleaseEventData.properties }, DATA);
const alertData = Type.Object({ eventId: EventId, ...DestinationEventData.properties }, DATA);

/** What a custom webhook is posted, by the type of its event. Its data is the event's own, with the event's id. */
export const WEBHOOK_BODIES = Object.fromEntries<TSchema>([
  ...EVENT_TYPES.map((type) => [type, bodyOf(type, releaseData)] as const),
  ...ALERT_TYPES.map((type) => [type, bodyOf(type, alertData)] as const),
]) as Record<DeliveredType, TSchema>;
