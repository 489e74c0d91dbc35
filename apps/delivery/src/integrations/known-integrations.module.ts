import { Module } from '@nestjs/common';
import { KnownIntegrations } from './known-integrations.service.js';

@Module({ providers: [KnownIntegrations], exports: [KnownIntegrations] })
export class KnownIntegrationsModule {}
