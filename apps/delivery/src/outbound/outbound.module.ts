import { Module } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { AddressRules } from '#libs/outbound';
import type { DeliverySettings } from '../delivery.config.js';
import { OutboundHttp } from './outbound-http.service.js';

/** HTTP to addresses that strangers chose, under the rules that the settings give. */
@Module({
  providers: [{ provide: OutboundHttp, useFactory: outboundHttp, inject: [SETTINGS] }],
  exports: [OutboundHttp],
})
export class OutboundModule {}

function outboundHttp({ outboundAllowHttp, outboundAllowedCidrs, deliveryTimeoutMs }: DeliverySettings): OutboundHttp {
  const rules = new AddressRules({ allowHttp: outboundAllowHttp, allowedCidrs: outboundAllowedCidrs });
  return new OutboundHttp({ rules, timeoutMs: deliveryTimeoutMs });
}
