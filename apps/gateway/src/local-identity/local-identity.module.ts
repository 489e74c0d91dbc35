import { Module } from '@nestjs/common';
import { LocalIdentityController } from './local-identity.controller.js';
import { LocalIdentity } from './local-identity.service.js';
import { SignInCodes } from './sign-in-codes.service.js';

/** Imported only where there is a key that signs development tokens: elsewhere these addresses do not exist. */
@Module({ controllers: [LocalIdentityController], providers: [LocalIdentity, SignInCodes] })
export class LocalIdentityModule {}
