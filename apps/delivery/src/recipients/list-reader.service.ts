import { Injectable } from '@nestjs/common';
import type { IntegrationState } from '#libs/contracts';
import { OpenCredentials } from '../credentials/open-credentials.service.js';
import { readEmailCredentials } from '../providers/email/email.credentials.js';
import { addressOf, personOf } from './confirmation-token.js';
import { LinkKey } from './link-key.service.js';
import type { ListedRecipient } from './mail-lists.queries.js';
import { subscriptionOf } from './unsubscribe-token.js';

/** Opens the list of an integration, and names who is on it by hashes. */
@Injectable()
export class ListReader {
  constructor(
    private readonly credentials: OpenCredentials,
    private readonly linkKey: LinkKey,
  ) {}

  /** Empty where the credentials are not a list. @throws where no key of ours opens them */
  async addresses(state: IntegrationState): Promise<string[]> {
    const { credentials } = await this.credentials.of(state, Date.now());
    return readEmailCredentials(credentials)?.recipients ?? [];
  }

  /** Who is on the list; addresses that differ in case alone are one. @throws where no key of ours opens it */
  async listed(state: IntegrationState): Promise<ListedRecipient[]> {
    const named = await Promise.all((await this.addresses(state)).map((address) => this.nameOf(state, address)));
    return [...new Map(named.map((one) => [one.recipient.toString('hex'), one])).values()];
  }

  async nameOf({ id, organizationId }: IntegrationState, address: string): Promise<ListedRecipient> {
    const key = await this.linkKey.get();
    return { recipient: subscriptionOf(key, id, address).recipient, person: personOf(key, organizationId, address) };
  }

  /** The address of this person on the list, and its hash; undefined where they are not on it. */
  async find(state: IntegrationState, person: Buffer): Promise<{ address: string; hash: Buffer } | undefined> {
    const key = await this.linkKey.get();
    const address = (await this.addresses(state)).find((one) =>
      personOf(key, state.organizationId, one).equals(person),
    );
    return address === undefined ? undefined : { address, hash: addressOf(key, address) };
  }
}
