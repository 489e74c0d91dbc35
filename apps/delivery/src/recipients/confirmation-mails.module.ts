import { Module } from '@nestjs/common';
import { KnownIntegrationsModule } from '../integrations/known-integrations.module.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { ConfirmationLetters } from './confirmation-letters.service.js';
import { ConfirmationMails } from './confirmation-mails.service.js';
import { ConfirmationMailsQueries } from './confirmation-mails.queries.js';
import { ConfirmationSender } from './confirmation-sender.service.js';
import { RecipientsModule } from './recipients.module.js';

/** The mails that ask recipients whether they want mails; they share the mail server and the budget with all others. */
@Module({
  imports: [KnownIntegrationsModule, ProvidersModule, RecipientsModule],
  providers: [ConfirmationLetters, ConfirmationMails, ConfirmationMailsQueries, ConfirmationSender],
})
export class ConfirmationMailsModule {}
