import { Module } from '@nestjs/common';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { KnownIntegrationsModule } from '../integrations/known-integrations.module.js';
import { ConfirmController } from './confirm.controller.js';
import { Confirmations } from './confirmations.service.js';
import { LinkKey } from './link-key.service.js';
import { ListReader } from './list-reader.service.js';
import { MailLists } from './mail-lists.service.js';
import { MailListsQueries } from './mail-lists.queries.js';
import { RecipientQueries } from './recipient.queries.js';
import { RecipientsController } from './recipients.controller.js';
import { Recipients } from './recipients.service.js';
import { UnsubscribeController } from './unsubscribe.controller.js';
import { Unsubscribes } from './unsubscribes.service.js';

/** Who gets the mails of email integrations: who is on their lists, who has confirmed, who has unsubscribed. */
@Module({
  imports: [CredentialsModule, KnownIntegrationsModule],
  controllers: [UnsubscribeController, ConfirmController, RecipientsController],
  providers: [
    Confirmations,
    LinkKey,
    ListReader,
    MailLists,
    MailListsQueries,
    RecipientQueries,
    Recipients,
    Unsubscribes,
  ],
  exports: [Confirmations, ListReader, MailLists, Unsubscribes],
})
export class RecipientsModule {}
