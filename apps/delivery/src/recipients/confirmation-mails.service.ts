import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { SETTINGS } from '#libs/config';
import { LOGGER, describeError, type Logger } from '#libs/observability';
import type { DeliverySettings } from '../delivery.config.js';
import { ConfirmationSender, type Asked } from './confirmation-sender.service.js';
import { ConfirmationMailsQueries, type DueConfirmation } from './confirmation-mails.queries.js';
import { MailLists } from './mail-lists.service.js';

const LOOK_EVERY_MS = 30_000;

/** Asks each recipient once who has to confirm, whichever instance gets to it first. */
@Injectable()
export class ConfirmationMails implements OnModuleInit, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly queries: ConfirmationMailsQueries,
    private readonly sender: ConfirmationSender,
    private readonly lists: MailLists,
    @Inject(SETTINGS) private readonly settings: Pick<DeliverySettings, 'emailConfirmRecipients'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    if (!this.settings.emailConfirmRecipients) return;
    this.lists.onTaken(() => this.wake());
    this.timer = setInterval(() => this.wake(), LOOK_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort(new Error('the service stops'));
    await this.working;
  }

  /** Somebody may be due. */
  wake(): void {
    if (!this.settings.emailConfirmRecipients || this.stopping.signal.aborted) return;
    this.again = true;
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  private async work(): Promise<void> {
    while (this.again && !this.stopping.signal.aborted) {
      this.again = false;
      try {
        const due = await this.queries.due();
        for (const one of due) await this.askOne(one);
        this.again ||= due.length > 0;
      } catch (error) {
        this.logger.warn({ error: describeError(error) }, 'confirmations.not-sent'); // the next look finds them due
      }
    }
  }

  /** Each of them is no longer due afterwards: asked, put off, or on no list. */
  private async askOne({ person, integrationId, organizationId }: DueConfirmation): Promise<void> {
    if (this.stopping.signal.aborted) return;
    if (integrationId === null || organizationId === null) return this.queries.askAt(person, null);
    const asked = await this.sender.ask({ person, integrationId }, this.stopping.signal);
    await this.note(person, asked);
    this.logger.info({ integrationId, organizationId, asked: asked.kind }, 'confirmation.asked');
  }

  private async note(person: Buffer, asked: Asked): Promise<void> {
    switch (asked.kind) {
      case 'sent':
        return this.queries.asked(person);
      case 'not_sent':
        return this.queries.notAsked(person, asked.addressHash);
      case 'put_off':
        return this.queries.askAt(person, asked.until);
      case 'perhaps_sent': // asked again in an hour
      case 'claimed':
        return;
    }
  }
}
