import type { DataSource } from 'typeorm';
import { readToken, subscriptionOf, tokenOf } from './unsubscribe-token.js';

/** Who wants no more mails of an integration. They stay off it, also where its recipients are saved again. */
export class Unsubscribes {
  private key: Promise<Buffer> | undefined;

  /** @param baseUrl the origin that people reach, without a slash at its end */
  constructor(
    private readonly dataSource: Pick<DataSource, 'query'>,
    private readonly baseUrl: string,
  ) {}

  /** Those of the recipients who have unsubscribed. */
  async among(integrationId: string, recipients: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.dataSource.query<{ recipient: Buffer }[]>(
      'SELECT recipient FROM mail_unsubscribes WHERE integration_id = $1',
      [integrationId],
    );
    if (rows.length === 0) return new Set();
    const key = await this.linkKey();
    const off = new Set(rows.map(({ recipient }) => recipient.toString('hex')));
    const isOff = (address: string): boolean =>
      off.has(subscriptionOf(key, integrationId, address).recipient.toString('hex'));
    return new Set(recipients.filter(isOff));
  }

  /** The address of the page by which this recipient unsubscribes. Its token is in the query, which no log line has. */
  async linkFor(integrationId: string, address: string): Promise<string> {
    const key = await this.linkKey();
    return `${this.baseUrl}/mail/unsubscribe?token=${tokenOf(key, subscriptionOf(key, integrationId, address))}`;
  }

  /** False where we did not sign the token. */
  async knows(token: string): Promise<boolean> {
    return readToken(await this.linkKey(), token) !== null;
  }

  /** Unsubscribes the recipient from the integration; a second call changes nothing. False where we did not sign the token. */
  async unsubscribe(token: string): Promise<boolean> {
    const subscription = readToken(await this.linkKey(), token);
    if (!subscription) return false;
    await this.dataSource.query(
      'INSERT INTO mail_unsubscribes (integration_id, recipient) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [subscription.integrationId, subscription.recipient],
    );
    return true;
  }

  /** The same on every instance: made with the table that keeps it. */
  private linkKey(): Promise<Buffer> {
    this.key ??= this.readKey().catch((error: unknown) => {
      this.key = undefined;
      throw error;
    });
    return this.key;
  }

  private async readKey(): Promise<Buffer> {
    const [{ key }] = await this.dataSource.query<[{ key: Buffer }]>('SELECT key FROM mail_link_keys');
    return key;
  }
}
