import { Injectable } from '@nestjs/common';
import type { IntegrationState } from '#libs/contracts';
import { notFound, unprocessable } from '#libs/problems';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import { ListReader } from './list-reader.service.js';
import { MailLists } from './mail-lists.service.js';
import { RecipientQueries, type RecipientStanding } from './recipient.queries.js';
import type { AskedRecipients, Recipient, RecipientState } from './recipient.dto.js';

/** One that was made a moment ago may not be known here yet. */
const KNOWN_WITHIN_MS = 1_000;

/** Who is on the list of an integration, and how they stand. */
@Injectable()
export class Recipients {
  constructor(
    private readonly integrations: KnownIntegrations,
    private readonly reader: ListReader,
    private readonly lists: MailLists,
    private readonly queries: RecipientQueries,
  ) {}

  /** In the order in which they were saved. @throws Problem 404, 422 */
  async list(organizationId: string, id: string): Promise<Recipient[]> {
    const state = await this.taken(organizationId, id);
    const standings = new Map((await this.queries.standings(id)).map((one) => [one.recipient, one]));
    const addresses = await this.reader.addresses(state);
    return Promise.all(
      addresses.map(async (address) => {
        const { recipient } = await this.reader.nameOf(state, address);
        const standing = standings.get(recipient.toString('hex'));
        return { address, state: stateOf(standing), askedAt: standing?.askedAt?.toISOString() ?? null };
      }),
    );
  }

  /** Sends the mail again to those who have not confirmed. @throws Problem 404, 422 */
  async askAgain(organizationId: string, id: string): Promise<AskedRecipients> {
    await this.taken(organizationId, id);
    return this.lists.askAgain(id);
  }

  /** Its list is in the database as it is now. */
  private async taken(organizationId: string, id: string): Promise<IntegrationState> {
    const state = await this.integrations.waitFor(id, 0, KNOWN_WITHIN_MS);
    if (state?.organizationId !== organizationId) throw notFound('integration');
    if (state.provider !== 'email')
      throw unprocessable('id', 'Only email has recipients; this is another integration.');
    await this.lists.take(state);
    return state;
  }
}

function stateOf(standing: RecipientStanding | undefined): RecipientState {
  if (standing?.unsubscribed) return 'unsubscribed';
  return standing?.confirmed ? 'active' : 'unconfirmed';
}
