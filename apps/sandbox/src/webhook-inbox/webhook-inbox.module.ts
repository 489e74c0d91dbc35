import { Module } from '@nestjs/common';
import { InboxesController } from './inboxes.controller.js';
import { Inboxes } from './inboxes.service.js';

@Module({ controllers: [InboxesController], providers: [Inboxes], exports: [Inboxes] })
export class WebhookInboxModule {}
