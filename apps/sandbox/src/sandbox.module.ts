import type { DynamicModule } from '@nestjs/common';
import { ServiceModule, type ServiceContext } from '#libs/http';
import type { SandboxSettings } from './sandbox.config.js';
import { InboxesController } from './webhook-inbox/inboxes.controller.js';
import { Inboxes } from './webhook-inbox/inboxes.service.js';

export class SandboxModule {
  static forContext(context: ServiceContext<SandboxSettings>): DynamicModule {
    return {
      module: SandboxModule,
      imports: [ServiceModule.forContext(context)],
      controllers: [InboxesController],
      providers: [Inboxes],
    };
  }
}
