import { Inject, Module } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { LOGGER, type Logger } from '#libs/observability';
import type { DeliverySettings } from '../delivery.config.js';
import { OutboundHttp } from '../outbound/outbound-http.service.js';
import { OutboundModule } from '../outbound/outbound.module.js';
import { buildProviders } from './provider-list.js';
import { warnOfLinks } from './warn-of-links.js';

/** `@Inject(PROVIDERS)`: the adapter of each provider, by its id. */
export const PROVIDERS = Symbol('PROVIDERS');

@Module({
  imports: [OutboundModule],
  providers: [
    {
      provide: PROVIDERS,
      useFactory: (http: OutboundHttp, settings: DeliverySettings) => buildProviders({ http, settings }),
      inject: [OutboundHttp, SETTINGS],
    },
  ],
  exports: [PROVIDERS],
})
export class ProvidersModule {
  constructor(@Inject(SETTINGS) { adminBaseUrl }: DeliverySettings, @Inject(LOGGER) logger: Logger) {
    warnOfLinks(adminBaseUrl, logger);
  }
}
