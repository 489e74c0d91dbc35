import { Module } from '@nestjs/common';
import { MailController } from './mail.controller.js';
import { Mailbox } from './mailbox.service.js';
import { SmtpInbox } from './smtp-inbox.service.js';

@Module({ controllers: [MailController], providers: [Mailbox, SmtpInbox] })
export class SmtpInboxModule {}
