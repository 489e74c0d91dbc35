import { Module } from '@nestjs/common';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { BeforeSavingController } from './before-saving.controller.js';
import { UnsavedTests } from './unsaved-tests.service.js';

/** What can be seen of a destination before it is saved: a test, and its messages. */
@Module({
  imports: [CredentialsModule, ProvidersModule],
  controllers: [BeforeSavingController],
  providers: [UnsavedTests],
})
export class BeforeSavingModule {}
