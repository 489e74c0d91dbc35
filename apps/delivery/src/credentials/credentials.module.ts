import { Module } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { Opener } from '#libs/credentials';
import type { DeliverySettings } from '../delivery.config.js';
import { OpenCredentials } from './open-credentials.service.js';

/** The only place that can open credentials. */
@Module({
  providers: [
    OpenCredentials,
    {
      provide: Opener,
      useFactory: ({ credentialsPrivateKeys }: DeliverySettings) => Opener.fromJwks(credentialsPrivateKeys),
      inject: [SETTINGS],
    },
  ],
  exports: [OpenCredentials],
})
export class CredentialsModule {}
