import { releaseMessage } from '../message/release-message.js';
import { failedAttempt } from '../outcome.js';
import type { AttemptOutcome, AttemptRequest, ProviderAdapter } from '../provider.js';
import { composeMail } from './compose-mail.js';
import { readEmailCredentials } from './email.credentials.js';
import { emailMessage } from './email.message.js';
import { conversationFailed, deliveredTo, hiding, isForNow, notTaken, type Hide } from './email.outcomes.js';
import type { MailClient } from './mail-client.js';
import { failureOf } from './smtp-answers.js';
import type { SentMail } from './smtp-session.js';
import { TakenRecipients } from './taken-recipients.js';

const UNUSABLE = 'The saved recipients cannot be used. Save the addresses again.';
const NO_SERVER = 'No mail server is set up here. The operator of this server has to set SMTP_URL and EMAIL_FROM.';
const NOBODY_LEFT: SentMail = { taken: [], refused: [], answer: '' };

/** One mail to all recipients of an integration, through the operator's mail server. */
export class EmailProvider implements ProviderAdapter {
  readonly id = 'email';
  private readonly taken = new TakenRecipients();

  /** @param mail left out where no mail server is set up */
  constructor(private readonly mail?: MailClient) {}

  concurrency(): number {
    return 1;
  }

  async attempt(request: AttemptRequest): Promise<AttemptOutcome> {
    const credentials = readEmailCredentials(request.credentials);
    if (!credentials) return failedAttempt('credentials_revoked', { error: UNUSABLE });
    if (!this.mail) return failedAttempt('client_error', { error: NO_SERVER });
    const hide = hiding(credentials.recipients, this.mail.server);
    try {
      const sent = await this.send(request, credentials.recipients, this.mail);
      return this.outcomeOf(request.deliveryId, sent, hide);
    } catch (error) {
      request.signal.throwIfAborted();
      const failure = failureOf(error);
      if (failure) return conversationFailed(failure, hide);
      throw error;
    }
  }

  /** To those who have not had it by an earlier attempt. */
  private async send(
    { deliveryId, event, test, signal }: AttemptRequest,
    recipients: string[],
    mail: MailClient,
  ): Promise<SentMail> {
    const had = this.taken.of(deliveryId);
    const to = recipients.filter((recipient) => !had.has(recipient));
    if (to.length === 0) return NOBODY_LEFT;
    const message = emailMessage(releaseMessage(event, test));
    const content = await composeMail({ from: mail.from, recipients, deliveryId, ...message });
    return mail.send({ envelope: { from: mail.from.address, to }, content }, signal);
  }

  /** While somebody may still get it, it is tried again for them alone; after that it is delivered if anybody has it. */
  private outcomeOf(deliveryId: string, sent: SentMail, hide: Hide): AttemptOutcome {
    const { refused } = sent;
    this.taken.add(deliveryId, sent.taken);
    const nobodyHasIt = this.taken.of(deliveryId).size === 0;
    if (nobodyHasIt || refused.some(isForNow)) return notTaken(refused, hide);
    this.taken.forget(deliveryId);
    return deliveredTo(sent, hide);
  }
}
