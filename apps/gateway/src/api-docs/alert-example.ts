import type { AlertType, DestinationEventData } from '#libs/contracts';

const REASONS: Record<AlertType, string | null> = {
  'destination.disconnected': 'Slack did not accept the credentials (403). Save fresh ones to connect again.',
  'destination.failing': 'Slack answered 503.',
  'destination.recovered': null,
};

interface Example {
  type: AlertType;
  timestamp: string;
  test: boolean;
  data: { eventId: string } & DestinationEventData;
}

/** The body that a custom webhook is posted for an alert, about a destination that nobody has. */
export const alertExample = (type: AlertType): Example => ({
  type,
  timestamp: '2026-11-27T05:17:00.000Z',
  test: false,
  data: {
    eventId: '0193a5c0-0000-7000-8000-000000000004',
    organizationId: '0193a5c0-0000-7000-8000-000000000003',
    destination: {
      id: '0193a5c0-0000-7000-8000-000000000001',
      name: '#ops',
      provider: 'slack',
      target: 'Acme · #ops',
      projectId: null,
    },
    change: 1,
    since: '2026-11-27T05:01:55.000Z',
    reason: REASONS[type],
    url: 'https://admin.example.com/integrations/0193a5c0-0000-7000-8000-000000000001',
  },
});
