import { Injectable } from '@nestjs/common';
import { unprocessable } from '#libs/problems';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { bucketsFor } from '../ledger/bucket-sizes.js';
import { DestinationsQueries } from '../ledger/destinations.queries.js';
import { RollupQueries } from '../ledger/rollup.queries.js';
import type { DeliverySummary, SummaryQuery } from './delivery-summary.dto.js';
import { summarize } from './summarize.js';

const DAY_MS = 86_400_000;
const LONGEST_MS = 90 * DAY_MS;

/** The figures of an organization's dashboard. What they cost does not depend on how many deliveries there are. */
@Injectable()
export class SummaryService {
  constructor(
    private readonly rollups: RollupQueries,
    private readonly destinations: DestinationsQueries,
    private readonly integrations: KnownIntegrations,
  ) {}

  /** @throws Problem 422 where the span is too long or has not begun */
  async summary(organizationId: string, { since, integrationId }: SummaryQuery, until: Date): Promise<DeliverySummary> {
    const from = since ?? new Date(until.getTime() - DAY_MS);
    if (from > until) throw unprocessable('since', 'This time is still to come.');
    if (until.getTime() - from.getTime() > LONGEST_MS)
      throw unprocessable('since', 'A summary covers 90 days at most.');
    const buckets = bucketsFor(from, until);
    const [figures, health] = await Promise.all([
      this.rollups.figures(organizationId, buckets, integrationId),
      this.destinations.healthOf(organizationId),
    ]);
    const known = [...this.integrations.ofOrganization(organizationId)].map(({ id }) => id);
    const active = figures.flatMap(({ integration_id: id }) => (id === null ? [] : [id]));
    const wanted = (id: string): boolean => integrationId === undefined || id === integrationId.toLowerCase();
    const open = await this.destinations.openCounts(
      [...new Set([...known, ...active, ...health.keys()])].filter(wanted),
    );
    const integrationIds = [...new Set([...known, ...active, ...open.keys()])].filter(wanted).sort();
    return summarize({ buckets, until, figures, integrationIds, open, health });
  }
}
