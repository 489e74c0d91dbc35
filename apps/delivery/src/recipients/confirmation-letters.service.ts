import { Injectable } from '@nestjs/common';
import { KnownIntegrations } from '../integrations/known-integrations.service.js';
import type { MailText } from '../providers/email/compose-mail.js';
import { confirmationMessage } from './confirmation.message.js';
import { Confirmations } from './confirmations.service.js';
import { ListReader } from './list-reader.service.js';
import { Unsubscribes } from './unsubscribes.service.js';

export interface Ask {
  person: Buffer;
  /** By whose list the address is found. */
  integrationId: string;
}

export interface ConfirmationLetter {
  organizationId: string;
  recipient: string;
  /** Of the address: the same for all organizations. */
  addressHash: Buffer;
  message: MailText;
  /** The page by which they leave this list, and are not asked for it again. */
  unsubscribe: string;
}

/** Writes what a recipient is asked by. */
@Injectable()
export class ConfirmationLetters {
  constructor(
    private readonly integrations: KnownIntegrations,
    private readonly reader: ListReader,
    private readonly confirmations: Confirmations,
    private readonly unsubscribes: Unsubscribes,
  ) {}

  /** Undefined where they are not on the list any more. @throws the database's faults */
  async write({ person, integrationId }: Ask): Promise<ConfirmationLetter | undefined> {
    const state = this.integrations.get(integrationId);
    const found = state && (await this.reader.find(state, person));
    if (!state || !found) return undefined;
    const { address: recipient, hash: addressHash } = found;
    return {
      organizationId: state.organizationId,
      recipient,
      addressHash,
      message: confirmationMessage(recipient, await this.confirmations.linkFor(person)),
      unsubscribe: await this.unsubscribes.linkFor(integrationId, recipient),
    };
  }
}
