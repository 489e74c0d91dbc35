import type { DynamicModule, Provider } from '@nestjs/common';
import { ServiceModule, type ServiceContext } from '#libs/http';
import type { SandboxSettings } from './sandbox.config.js';
import { MailController } from './smtp-inbox/mail.controller.js';
import { Mailbox } from './smtp-inbox/mailbox.service.js';
import { SmtpInbox, SmtpInboxOptions } from './smtp-inbox/smtp-inbox.service.js';
import { ChatController } from './chat/chat.controller.js';
import { ChatStandIns } from './chat/chat-stand-ins.js';
import { Discord } from './discord/discord.js';
import { Slack } from './slack/slack.js';
import { InboxesController } from './webhook-inbox/inboxes.controller.js';
import { Inboxes } from './webhook-inbox/inboxes.service.js';

export class SandboxModule {
  static forContext(context: ServiceContext<SandboxSettings>): DynamicModule {
    return {
      module: SandboxModule,
      imports: [ServiceModule.forContext(context)],
      controllers: [InboxesController, MailController, ChatController],
      providers: [Inboxes, Mailbox, SmtpInbox, smtpOptions(context), chats(context)],
    };
  }
}

const smtpOptions = ({ settings }: ServiceContext<SandboxSettings>): Provider => ({
  provide: SmtpInboxOptions,
  useValue: { port: settings.smtpPort, host: settings.host },
});

const chats = ({ settings }: ServiceContext<SandboxSettings>): Provider => ({
  provide: ChatStandIns,
  useValue: new ChatStandIns([
    new Slack({ id: settings.slackClientId, secret: settings.slackClientSecret }),
    new Discord({ id: settings.discordClientId, secret: settings.discordClientSecret }),
  ]),
});
