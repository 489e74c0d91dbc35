import { Module } from '@nestjs/common';
import { ChatModule } from './chat/chat.module.js';
import { SmtpInboxModule } from './smtp-inbox/smtp-inbox.module.js';
import { WebhookInboxModule } from './webhook-inbox/webhook-inbox.module.js';

@Module({ imports: [WebhookInboxModule, SmtpInboxModule, ChatModule] })
export class AppModule {}
