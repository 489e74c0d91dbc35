import type { DestinationEvent } from './destination-event.js';
import type { AlertType } from './vocabulary.js';

/** As long as a destination keeps failing before somebody is alerted, unless it is set otherwise. */
const FAILED_FOR_MS = 15 * 60_000;

const REASONS: Record<AlertType, string | null> = {
  'destination.disconnected':
    'Slack says that this channel is archived. Unarchive it, or reconnect to another channel.',
  'destination.failing': 'Slack failed (503). Look into its log at the time of the attempt.',
  'destination.recovered': null,
};

export interface SampleAlertContext {
  id: string;
  destinationId: string;
  organizationId: string;
  projectId: string | null;
  adminBaseUrl: string;
  now: Date;
}

/** An alert as an integration might get it, about a destination that nobody has: for previews, tests and the API's documents. */
export const sampleAlert = (
  type: AlertType,
  { id, destinationId, organizationId, projectId, adminBaseUrl, now }: SampleAlertContext,
): DestinationEvent => ({
  id,
  type,
  time: now.toISOString(),
  data: {
    organizationId,
    destination: { id: destinationId, name: '#releases', provider: 'slack', target: 'Acme · #releases', projectId },
    change: 1,
    since: new Date(now.getTime() - FAILED_FOR_MS).toISOString(),
    reason: REASONS[type],
    url: `${adminBaseUrl}/integrations/${destinationId}`,
  },
});
