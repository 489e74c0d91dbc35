import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import type { IntegrationState } from '#libs/contracts';
import type { DeliverySettings } from '../delivery.config.js';
import { confirmationTokenOf, personOf, readConfirmationToken } from './confirmation-token.js';
import { LinkKey } from './link-key.service.js';
import { MailListsQueries } from './mail-lists.queries.js';
import { MailLists } from './mail-lists.service.js';

const NOBODY: ReadonlySet<string> = new Set();

/** Who has confirmed that they want the mails of an organization. Once is enough for all of its integrations. */
@Injectable()
export class Confirmations {
  private readonly required: boolean;
  private readonly baseUrl: string;

  constructor(
    private readonly linkKey: LinkKey,
    private readonly queries: MailListsQueries,
    private readonly lists: MailLists,
    @Inject(SETTINGS) settings: Pick<DeliverySettings, 'emailConfirmRecipients' | 'adminBaseUrl'>,
  ) {
    this.required = settings.emailConfirmRecipients;
    this.baseUrl = settings.adminBaseUrl;
  }

  /** Those of the recipients who must confirm first. @throws the database's faults */
  async missing(state: IntegrationState, recipients: readonly string[]): Promise<ReadonlySet<string>> {
    if (!this.required) return NOBODY;
    const key = await this.linkKey.get();
    const people = new Map(recipients.map((address) => [address, personOf(key, state.organizationId, address)]));
    let found = await this.queries.confirmed(state.id, [...people.values()]);
    if (found.version !== state.credentialsVersion) {
      await this.lists.take(state); // nobody is judged by a list that was not looked at yet
      found = await this.queries.confirmed(state.id, [...people.values()]);
    }
    const confirmed = new Set(found.confirmed);
    return new Set(recipients.filter((address) => !confirmed.has(people.get(address)!.toString('hex'))));
  }

  /** The address of the page by which a person confirms. Its token is in the query, which no log line has. */
  async linkFor(person: Buffer): Promise<string> {
    return `${this.baseUrl}/mail/confirm?token=${confirmationTokenOf(await this.linkKey.get(), person)}`;
  }

  /** False where we did not sign the token. */
  async knows(token: string): Promise<boolean> {
    return readConfirmationToken(await this.linkKey.get(), token) !== null;
  }

  /** From now on mail goes to them; a second call changes nothing. False where we did not sign the token. */
  async confirm(token: string): Promise<boolean> {
    const person = readConfirmationToken(await this.linkKey.get(), token);
    if (!person) return false;
    await this.queries.confirm(person);
    this.lists.wake();
    return true;
  }
}
