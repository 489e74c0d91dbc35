import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SETTINGS } from '#libs/config';
import type { DeliverySettings } from '../delivery.config.js';

/** Of the list of an email integration. */
export interface RecipientCounts {
  total: number;
  /** Who has not confirmed yet, where recipients have to. */
  unconfirmed: number;
  unsubscribed: number;
}

export interface RecipientStanding {
  /** In hex. */
  recipient: string;
  confirmed: boolean;
  unsubscribed: boolean;
  askedAt: Date | null;
}

/** How the recipients of email integrations stand. The ids asked for must be the caller's own. */
@Injectable()
export class RecipientQueries {
  private readonly required: boolean;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(SETTINGS) { emailConfirmRecipients }: Pick<DeliverySettings, 'emailConfirmRecipients'>,
  ) {
    this.required = emailConfirmRecipients;
  }

  /** Only of integrations whose list is known. */
  async counts(integrationIds: readonly string[]): Promise<Map<string, RecipientCounts>> {
    const rows = await this.dataSource.query<(RecipientCounts & { id: string })[]>(
      `SELECT r.integration_id AS id, count(*)::int AS total,
         count(*) FILTER (WHERE u.recipient IS NULL AND c.confirmed_at IS NULL AND $2)::int AS unconfirmed,
         count(u.recipient)::int AS unsubscribed
       FROM mail_recipients r ${JOINED} WHERE r.integration_id = ANY($1) GROUP BY r.integration_id`,
      [integrationIds, this.required],
    );
    return new Map(rows.map(({ id, ...counts }) => [id, counts]));
  }

  /** Of each recipient of one integration. */
  standings(integrationId: string): Promise<RecipientStanding[]> {
    return this.dataSource.query<RecipientStanding[]>(
      `SELECT encode(r.recipient, 'hex') AS recipient, (c.confirmed_at IS NOT NULL OR NOT $2) AS confirmed,
         u.recipient IS NOT NULL AS unsubscribed, c.asked_at AS "askedAt"
       FROM mail_recipients r ${JOINED} WHERE r.integration_id = $1`,
      [integrationId, this.required],
    );
  }
}

const JOINED = `LEFT JOIN mail_unsubscribes u ON u.integration_id = r.integration_id AND u.recipient = r.recipient
  LEFT JOIN mail_confirmations c ON c.person = r.person`;
