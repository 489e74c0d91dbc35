import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  ParseIntPipe,
  Put,
  Query,
  Sse,
  type MessageEvent,
} from '@nestjs/common';
import { interval, map, merge, type Observable } from 'rxjs';
import { Public } from '#libs/auth';
import { notFound } from '#libs/problems';
import { MailBehaviourRequest, MailQuery, mailBehaviourOf, mailboxView } from './mail.dto.js';
import type { MailboxView, MailboxWithMails } from './mail.dto.js';
import { Mailbox, type MailChange } from './mailbox.service.js';

/** Tells a proxy and a browser that the stream is alive. */
const PING_EVERY_MS = 15_000;

/** For tests, curl and the page; it asks nobody to sign in. */
@Public()
@Controller('api/mail')
export class MailController {
  constructor(private readonly mailbox: Mailbox) {}

  @Get()
  list(@Query() { since }: MailQuery): MailboxWithMails {
    return { ...mailboxView(this.mailbox), items: this.mailbox.mails(since) };
  }

  /** Shut in: nothing of it runs, and nothing is fetched for it. */
  @Get(':id/html')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header(
    'content-security-policy',
    "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  )
  @Header('origin-agent-cluster', '?0') // shut in, it has no origin to be kept apart by
  html(@Param('id', ParseIntPipe) id: number): string {
    const html = this.mailbox.mails().find((mail) => mail.id === id)?.html;
    if (!html) throw notFound('mail with an HTML part');
    return html;
  }

  @Sse('stream')
  stream(): Observable<MessageEvent> {
    const changes = this.mailbox.changes.pipe(map((change) => this.messageOf(change)));
    return merge(changes, interval(PING_EVERY_MS).pipe(map(() => ({ type: 'ping', data: {} }))));
  }

  @Put('behaviour')
  switchBehaviour(@Body() body: MailBehaviourRequest): MailboxView {
    this.mailbox.behave(mailBehaviourOf(body));
    return mailboxView(this.mailbox);
  }

  @Delete()
  @HttpCode(204)
  clear(): void {
    this.mailbox.clear();
  }

  private messageOf(change: MailChange): MessageEvent {
    const mailbox = mailboxView(this.mailbox);
    if (change.kind !== 'mail') return { type: change.kind, data: { mailbox } };
    return { type: 'mail', id: String(change.mail.id), data: { mailbox, mail: change.mail } };
  }
}
