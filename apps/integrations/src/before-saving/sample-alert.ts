import { uuidv7, type AlertType, type DestinationEvent } from '#libs/contracts';

const MINUTE_MS = 60_000;
/** As long as a destination keeps failing before somebody is alerted, unless it is set otherwise. */
const FAILED_FOR_MS = 15 * MINUTE_MS;

const REASONS: Record<AlertType, string | null> = {
  'destination.disconnected':
    'Slack says that this channel is archived. Unarchive it, or reconnect to another channel.',
  'destination.failing': 'Slack failed (503). Look into its log at the time of the attempt.',
  'destination.recovered': null,
};

export interface SampleAlertContext {
  organizationId: string;
  projectId: string | null;
  adminBaseUrl: string;
  now: Date;
}

/** An alert as an integration might get it, about a destination that nobody has. */
export function sampleAlert(
  type: AlertType,
  { organizationId, projectId, adminBaseUrl, now }: SampleAlertContext,
): DestinationEvent {
  const id = uuidv7();
  return {
    id: uuidv7(),
    type,
    time: now.toISOString(),
    data: {
      organizationId,
      destination: { id, name: '#releases', provider: 'slack', target: 'Acme · #releases', projectId },
      change: 1,
      since: new Date(now.getTime() - FAILED_FOR_MS).toISOString(),
      reason: REASONS[type],
      url: `${adminBaseUrl}/integrations/${id}`,
    },
  };
}
