import { Module } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { AddressRules, NameResolver } from '#libs/outbound';
import type { IntegrationsSettings } from '../integrations.config.js';
import { ProviderList } from './provider-list.js';
import { ProvidersController } from './providers.controller.js';

@Module({
  controllers: [ProvidersController],
  providers: [{ provide: ProviderList, useFactory: providerList, inject: [SETTINGS] }],
  exports: [ProviderList],
})
export class ProvidersModule {}

function providerList(settings: IntegrationsSettings): ProviderList {
  const { outboundAllowHttp: allowHttp, outboundAllowedCidrs: allowedCidrs } = settings;
  return new ProviderList(
    { rules: new AddressRules({ allowHttp, allowedCidrs }), resolve: new NameResolver().resolve },
    settings,
  );
}
