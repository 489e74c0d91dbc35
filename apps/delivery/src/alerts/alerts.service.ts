import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import type { DeliveryRequested, IntegrationState } from '#libs/contracts';
import type { DeliverySettings } from '../delivery.config.js';
import { IntegrationStates } from '../integrations/integration-states.js';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { alertEvent, alertRequest, isAlerted } from './alert-event.js';
import { AlertOutlet } from './alert-outlet.service.js';
import { AlertsQueries, type PendingAlert } from './alerts.queries.js';

/** A change with the destination that it is of, as it is now, and all who are to be alerted. */
interface Alert {
  pending: PendingAlert;
  requests: DeliveryRequested[];
}

/** A destination that was disabled no longer fails, as nothing is sent to it: there is nothing to alert of. */
const isSettled = ({ type }: PendingAlert, { enabled }: IntegrationState): boolean =>
  type === 'destination.failing' && !enabled;

/**
 * From a change of a destination's health to a delivery for each integration that asks for alerts. The change stays
 * pending until the ledger has all of these deliveries. Each is requested by the instance that owns the receiver's
 * partition: an instance of an older version, which knows no alerts, is never sent one.
 */
@Injectable()
export class Alerts {
  constructor(
    private readonly queries: AlertsQueries,
    private readonly integrations: KnownIntegrations,
    private readonly states: IntegrationStates,
    private readonly outlet: AlertOutlet,
    @Inject(SETTINGS) private readonly settings: Pick<DeliverySettings, 'destinationFailingAfterMs' | 'adminBaseUrl'>,
  ) {}

  /** Takes every pending change one step further. @throws an outage */
  async look(): Promise<void> {
    await this.queries.noteFailing(this.settings.destinationFailingAfterMs);
    const pending = await this.queries.pending();
    if (pending.length === 0) return;
    await this.states.catchUp(); // what was saved before is respected
    const alerts = await this.withRequests(pending);
    const recorded = await this.recorded(alerts);
    const open = (request: DeliveryRequested): boolean => !recorded.has(request.deliveryId);
    const done = alerts.filter(({ requests }) => !requests.some(open)).map(({ pending: one }) => one);
    if (done.length > 0) await this.queries.done(done);
    await this.outlet.request(alerts.flatMap(({ requests }) => requests.filter(open)));
  }

  private async withRequests(pending: PendingAlert[]): Promise<Alert[]> {
    const { adminBaseUrl } = this.settings;
    const reasons = await this.queries.reasons([...new Set(pending.map(({ integration_id }) => integration_id))]);
    return pending.map((one) => {
      const destination = this.integrations.get(one.integration_id); // missing: deleted since, there is nothing to fix
      if (!destination || isSettled(one, destination)) return { pending: one, requests: [] };
      const reason = reasons.get(destination.id) ?? null;
      const event = alertEvent(one, destination, { reason, adminBaseUrl });
      return { pending: one, requests: this.alertedOf(destination).map((receiver) => alertRequest(event, receiver)) };
    });
  }

  private alertedOf(destination: IntegrationState): IntegrationState[] {
    const siblings = [...this.integrations.ofOrganization(destination.organizationId)];
    return siblings.filter((receiver) => isAlerted(receiver, destination));
  }

  private async recorded(alerts: Alert[]): Promise<Set<string>> {
    const all = alerts.flatMap(({ pending: { at }, requests }) =>
      requests.map(({ deliveryId }) => ({ id: deliveryId, keptAt: at })),
    );
    return all.length === 0 ? new Set() : this.queries.recorded(all);
  }
}
