import { Module } from '@nestjs/common';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { BrowserNonce } from './browser-nonce.js';
import { ConnectionsController } from './connections.controller.js';
import { Connections } from './connections.service.js';
import { OAuthStatesQueries } from './oauth-states.queries.js';
import { ResultPage } from './result-page.js';
import { SignIns } from './sign-ins.service.js';

@Module({
  imports: [IntegrationsModule, ProvidersModule],
  controllers: [ConnectionsController],
  providers: [BrowserNonce, Connections, OAuthStatesQueries, ResultPage, SignIns],
})
export class OAuthModule {}
