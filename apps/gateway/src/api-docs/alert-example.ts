import { sampleAlert, type AlertType, type DestinationEventData } from '#libs/contracts';

interface Example {
  type: AlertType;
  timestamp: string;
  test: boolean;
  data: { eventId: string } & DestinationEventData;
}

/** The body that a custom webhook is posted for an alert. */
export function alertExample(type: AlertType): Example {
  const { id, time, data } = sampleAlert(type, {
    id: '0193a5c0-0000-7000-8000-000000000004',
    destinationId: '0193a5c0-0000-7000-8000-000000000001',
    organizationId: '0193a5c0-0000-7000-8000-000000000003',
    projectId: null,
    adminBaseUrl: 'https://admin.example.com',
    now: new Date('2026-11-27T05:17:00.000Z'),
  });
  return { type, timestamp: time, test: false, data: { eventId: id, ...data } };
}
