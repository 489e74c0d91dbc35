import { Inject, Injectable } from '@nestjs/common';
import { uuidv7, type ErrorCode } from '#libs/contracts';
import { composeMail } from '../providers/email/compose-mail.js';
import { MailBudget } from '../providers/email/mail-budget.service.js';
import type { MailClient } from '../providers/email/mail-client.js';
import { failureOf, type SmtpFailure } from '../providers/email/smtp-answers.js';
import { MAIL_CLIENT } from '../providers/providers.module.js';
import { ConfirmationLetters, type Ask, type ConfirmationLetter } from './confirmation-letters.service.js';
import { ConfirmationMailsQueries } from './confirmation-mails.queries.js';

/** What became of the wish to ask somebody. */
export type Asked =
  | { kind: 'sent' }
  | { kind: 'not_sent'; addressHash: Buffer }
  /** The connection broke after the mail server may have had all of it. */
  | { kind: 'perhaps_sent' }
  /** Null: until somebody wants it again. */
  | { kind: 'put_off'; until: Date | null }
  /** Another instance asks, or the address was asked within the hour. */
  | { kind: 'claimed' };

const WITHOUT_SERVER_MS = 60 * 60_000;

/** Sends the mail that asks one recipient, within the hour's recipients of the organization. */
@Injectable()
export class ConfirmationSender {
  constructor(
    @Inject(MAIL_CLIENT) private readonly mail: MailClient | null,
    private readonly budget: MailBudget,
    private readonly queries: ConfirmationMailsQueries,
    private readonly letters: ConfirmationLetters,
  ) {}

  /** @throws the database's faults, and our own */
  async ask(ask: Ask, signal: AbortSignal): Promise<Asked> {
    const { mail, budget, queries } = this;
    if (!mail) return { kind: 'put_off', until: new Date(Date.now() + WITHOUT_SERVER_MS) };
    const letter = await this.letters.write(ask);
    if (!letter) return { kind: 'put_off', until: null };
    const { organizationId, addressHash } = letter;
    const until = await budget.take(organizationId, 1);
    if (until) return { kind: 'put_off', until };
    const claimed = await queries.claim(ask.person, addressHash);
    const sent = claimed && (await send(mail, letter, signal));
    if (!claimed || sent === 'not_sent') budget.giveBack(organizationId, 1);
    if (!sent) return { kind: 'claimed' };
    return sent === 'not_sent' ? { kind: sent, addressHash } : { kind: sent };
  }
}

async function send(
  mail: MailClient,
  { recipient, message, unsubscribe }: ConfirmationLetter,
  signal: AbortSignal,
): Promise<'sent' | 'not_sent' | 'perhaps_sent'> {
  const { from } = mail;
  const content = await composeMail({ from, recipient, mailId: uuidv7(), unsubscribe, ...message });
  try {
    const { refused } = await mail.send({ envelope: { from: from.address, to: [recipient] }, content }, signal);
    const [no] = refused;
    return no && no.status < 500 ? 'not_sent' : 'sent'; // an address that is refused for good is not asked again and again
  } catch (error) {
    const failure = failureOf(error);
    if (!failure && !signal.aborted) throw error;
    return failure && isNotTaken(failure) ? 'not_sent' : 'perhaps_sent';
  }
}

const NEVER_REACHED: readonly ErrorCode[] = ['connection_refused', 'dns_failed', 'tls_failed'];

/** The mail server said no, or was never reached: where the conversation broke off later it may have the mail. */
const isNotTaken = ({ status, code, detail }: SmtpFailure): boolean =>
  status !== null || NEVER_REACHED.includes(code) || detail === 'not_reached';
