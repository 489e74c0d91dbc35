import { Inject, Module } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { LOGGER, type Logger } from '#libs/observability';
import type { DeliverySettings } from '../delivery.config.js';
import { OutboundHttp } from '../outbound/outbound-http.service.js';
import { OutboundModule } from '../outbound/outbound.module.js';
import { RecipientsModule } from '../recipients/recipients.module.js';
import { MailBudget } from './email/mail-budget.service.js';
import { mailClient, type MailClient } from './email/mail-client.js';
import { MailGuards } from './email/mail-guards.service.js';
import { buildProviders } from './provider-list.js';
import { warnOfLinks } from './warn-of-links.js';

/** `@Inject(PROVIDERS)`: the adapter of each provider, by its id. */
export const PROVIDERS = Symbol('PROVIDERS');

/** `@Inject(MAIL_CLIENT)`: null where no mail server is set up. */
export const MAIL_CLIENT = Symbol('MAIL_CLIENT');

@Module({
  imports: [OutboundModule, RecipientsModule],
  providers: [
    MailBudget,
    MailGuards,
    {
      provide: MAIL_CLIENT,
      useFactory: (settings: DeliverySettings) => mailClient(settings) ?? null,
      inject: [SETTINGS],
    },
    {
      provide: PROVIDERS,
      useFactory: (http: OutboundHttp, settings: DeliverySettings, mail: MailClient | null, mailGuards: MailGuards) =>
        buildProviders({ http, settings, mail, mailGuards }),
      inject: [OutboundHttp, SETTINGS, MAIL_CLIENT, MailGuards],
    },
  ],
  exports: [MAIL_CLIENT, MailBudget, PROVIDERS],
})
export class ProvidersModule {
  constructor(@Inject(SETTINGS) { adminBaseUrl }: DeliverySettings, @Inject(LOGGER) logger: Logger) {
    warnOfLinks(adminBaseUrl, logger);
  }
}
