import { Inject, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SETTINGS } from '#libs/config';
import { LOGGER, type Logger } from '#libs/observability';
import type { DeliverySettings } from '../delivery.config.js';
import { OutboundHttp } from '../outbound/outbound-http.service.js';
import { OutboundModule } from '../outbound/outbound.module.js';
import { Unsubscribes } from '../unsubscribes/unsubscribes.service.js';
import { UnsubscribesModule } from '../unsubscribes/unsubscribes.module.js';
import { MailBudget } from './email/mail-budget.service.js';
import { buildProviders } from './provider-list.js';
import { warnOfLinks } from './warn-of-links.js';

/** `@Inject(PROVIDERS)`: the adapter of each provider, by its id. */
export const PROVIDERS = Symbol('PROVIDERS');

@Module({
  imports: [OutboundModule, UnsubscribesModule],
  providers: [
    {
      provide: MailBudget,
      useFactory: (dataSource: DataSource, { maxMailRecipientsPerHour }: DeliverySettings) =>
        new MailBudget(dataSource, maxMailRecipientsPerHour),
      inject: [DataSource, SETTINGS],
    },
    {
      provide: PROVIDERS,
      useFactory: (http: OutboundHttp, settings: DeliverySettings, budget: MailBudget, unsubscribes: Unsubscribes) =>
        buildProviders({ http, settings, mailGuards: { budget, unsubscribes } }),
      inject: [OutboundHttp, SETTINGS, MailBudget, Unsubscribes],
    },
  ],
  exports: [PROVIDERS],
})
export class ProvidersModule {
  constructor(@Inject(SETTINGS) { adminBaseUrl }: DeliverySettings, @Inject(LOGGER) logger: Logger) {
    warnOfLinks(adminBaseUrl, logger);
  }
}
