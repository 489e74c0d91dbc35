import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DataSource } from 'typeorm';
import { SETTINGS } from '#libs/config';
import type { DeliverySettings } from '../../delivery.config.js';

const MOST_ORGANIZATIONS = 10_000;
/** What is taken from the count at once: so that not every mail asks the database, and little is lost where a process ends. */
const SHARE = 20;

interface Hour {
  /** Of `performance.now()`, in ms. */
  endsAt: number;
  /** Counted for this process, and not used yet. */
  left: number;
  /** Nothing more is given before this; null while there may be more. */
  spentUntil: Date | null;
}

/**
 * How many recipients the mails of an organization may have in an hour of the clock, whichever instance sends them: the
 * count is in the database, from which each instance takes a share at a time.
 */
@Injectable()
export class MailBudget {
  /** No less than one mail may have recipients: it would never go. */
  readonly perHour: number;
  private readonly hours = new LRUCache<string, Hour>({ max: MOST_ORGANIZATIONS });

  constructor(
    @Inject(DataSource) private readonly dataSource: Pick<DataSource, 'query'>,
    @Inject(SETTINGS) { maxMailRecipientsPerHour }: Pick<DeliverySettings, 'maxMailRecipientsPerHour'>,
  ) {
    this.perHour = maxMailRecipientsPerHour;
  }

  /** Counts the recipients of a mail. Answers null where it may go, else when the next hour begins. */
  async take(organizationId: string, recipients: number): Promise<Date | null> {
    const known = this.current(organizationId);
    if (known && known.left < recipients && known.spentUntil) return known.spentUntil;
    if (known && known.left >= recipients) {
      known.left -= recipients;
      return null;
    }
    const missing = recipients - (known?.left ?? 0);
    const share = Math.max(missing, Math.ceil(this.perHour / SHARE));
    for (const wanted of new Set([share, missing])) if (await this.reserve(organizationId, wanted)) break;
    const hour = this.current(organizationId);
    if (!hour || hour.left < recipients) return hour?.spentUntil ?? this.take(organizationId, recipients);
    hour.left -= recipients;
    return null;
  }

  /** The mail did not go to so many of them after all. */
  giveBack(organizationId: string, recipients: number): void {
    const hour = this.current(organizationId);
    if (hour) hour.left += recipients;
  }

  private current(organizationId: string): Hour | undefined {
    const hour = this.hours.get(organizationId);
    return hour && hour.endsAt > performance.now() ? hour : undefined;
  }

  /** Counts in one statement: what comes at the same time, on whichever instance, counts too. */
  private async reserve(organizationId: string, recipients: number): Promise<boolean> {
    const [row] = await this.dataSource.query<[{ granted: boolean; ends: Date; left_ms: number }]>(
      `WITH hour AS (SELECT date_trunc('hour', now()) AS began),
       former AS (DELETE FROM mail_budgets USING hour WHERE organization_id = $1 AND mail_budgets.hour < began),
       counted AS (
         INSERT INTO mail_budgets AS b (organization_id, hour, recipients) SELECT $1, began, $2::int FROM hour
         ON CONFLICT (organization_id, hour) DO UPDATE SET recipients = b.recipients + $2::int
         WHERE b.recipients + $2::int <= $3::int RETURNING 1
       )
       SELECT EXISTS (SELECT 1 FROM counted) AS granted, began + interval '1 hour' AS ends,
         (extract(epoch FROM began + interval '1 hour' - now()) * 1000)::float8 AS left_ms FROM hour`,
      [organizationId, recipients, this.perHour],
    );
    const known = this.current(organizationId);
    const hour = known ?? { endsAt: performance.now() + row.left_ms, left: 0, spentUntil: null };
    if (row.granted) hour.left += recipients;
    hour.spentUntil = row.granted ? null : row.ends;
    this.hours.set(organizationId, hour);
    return row.granted;
  }
}
