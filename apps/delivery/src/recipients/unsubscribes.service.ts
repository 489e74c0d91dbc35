import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SETTINGS } from '#libs/config';
import type { DeliverySettings } from '../delivery.config.js';
import { LinkKey } from './link-key.service.js';
import { readToken, subscriptionOf, tokenOf } from './unsubscribe-token.js';

/** Who wants no more mails of an integration. They stay off it, also where its recipients are saved again. */
@Injectable()
export class Unsubscribes {
  constructor(
    private readonly dataSource: DataSource,
    private readonly linkKey: LinkKey,
    @Inject(SETTINGS) private readonly settings: Pick<DeliverySettings, 'adminBaseUrl'>,
  ) {}

  /** Those of the recipients who have unsubscribed. */
  async among(integrationId: string, recipients: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.dataSource.query<{ recipient: Buffer }[]>(
      'SELECT recipient FROM mail_unsubscribes WHERE integration_id = $1',
      [integrationId],
    );
    if (rows.length === 0) return new Set();
    const key = await this.linkKey.get();
    const off = new Set(rows.map(({ recipient }) => recipient.toString('hex')));
    const isOff = (address: string): boolean =>
      off.has(subscriptionOf(key, integrationId, address).recipient.toString('hex'));
    return new Set(recipients.filter(isOff));
  }

  /** The address of the page by which this recipient unsubscribes. Its token is in the query, which no log line has. */
  async linkFor(integrationId: string, address: string): Promise<string> {
    const key = await this.linkKey.get();
    return `${this.settings.adminBaseUrl}/mail/unsubscribe?token=${tokenOf(key, subscriptionOf(key, integrationId, address))}`;
  }

  /** False where we did not sign the token. */
  async knows(token: string): Promise<boolean> {
    return readToken(await this.linkKey.get(), token) !== null;
  }

  /** Unsubscribes the recipient from the integration; a second call changes nothing. False where we did not sign the token. */
  async unsubscribe(token: string): Promise<boolean> {
    const subscription = readToken(await this.linkKey.get(), token);
    if (!subscription) return false;
    await this.dataSource.query(
      'INSERT INTO mail_unsubscribes (integration_id, recipient) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [subscription.integrationId, subscription.recipient],
    );
    return true;
  }
}
