import { keepTrying } from '#libs/kafka';
import { releaseMessage } from '../message/release-message.js';
import { failedAttempt } from '../outcome.js';
import type { AttemptOutcome, AttemptRequest, ProviderAdapter, PutOff } from '../provider.js';
import { composeMail } from './compose-mail.js';
import { readEmailCredentials } from './email.credentials.js';
import { emailMessage } from './email.message.js';
import {
  conversationFailed,
  deliveredTo,
  hiding,
  isForNow,
  isWaitedFor,
  nobodyLeft,
  notTaken,
  type Hide,
  type LeftOut,
} from './email.outcomes.js';
import type { MailClient } from './mail-client.js';
import { mailEach, type Mailed, type MailedAll } from './mail-each.js';
import type { MailGuards } from './mail-guards.service.js';
import { failureOf, refusalOf } from './smtp-answers.js';
import { TakenRecipients } from './taken-recipients.js';

const UNUSABLE = 'The saved recipients cannot be used. Save the addresses again.';
const NO_SERVER = 'No mail server is set up here. The operator of this server has to set SMTP_URL and EMAIL_FROM.';
const overBudget = (perHour: number, until: Date): string =>
  `This organization has mailed to as many recipients as it may in an hour (${perHour}, MAX_MAIL_RECIPIENTS_PER_HOUR). The next hour begins at ${until.toISOString().slice(11, 16)} UTC.`;

/** A mail of its own for each recipient of an integration, through the operator's mail server. */
export class EmailProvider implements ProviderAdapter {
  readonly id = 'email';
  private readonly taken = new TakenRecipients();

  /**
   * @param mail left out where no mail server is set up
   * @param guards one that is left out does not hold
   */
  constructor(
    private readonly mail?: MailClient,
    private readonly guards: Partial<MailGuards> = {},
  ) {}

  concurrency(): number {
    return 1;
  }

  /** Counts who is going to be mailed to; `attempt` gives back who was not. */
  async admit(request: AttemptRequest): Promise<PutOff | null> {
    const credentials = readEmailCredentials(request.credentials);
    const { budget } = this.guards;
    if (!credentials || !this.mail || !budget) return null;
    const { length } = this.left(request.deliveryId, credentials.recipients);
    const until = await keepTrying(() => budget.take(request.state.organizationId, length), {
      signal: () => !request.signal.aborted,
    });
    return until && { kind: 'put_off', until, error: overBudget(budget.perHour, until) };
  }

  async attempt(request: AttemptRequest): Promise<AttemptOutcome> {
    const credentials = readEmailCredentials(request.credentials);
    if (!credentials) return failedAttempt('credentials_revoked', { error: UNUSABLE });
    if (!this.mail) return failedAttempt('client_error', { error: NO_SERVER });
    const { recipients } = credentials;
    const { deliveryId, state } = request;
    const counted = this.left(deliveryId, recipients).length;
    let asked = 0;
    try {
      const out = await this.leftOut(request, recipients);
      if (out.size === recipients.length) return nobodyLeft(out);
      const to = this.left(deliveryId, recipients).filter((recipient) => !out.has(recipient));
      const mailed = await this.mailAll(request, to, this.mail);
      asked = mailed.taken.length + mailed.refused.length;
      return this.outcomeOf(deliveryId, mailed, out, hiding(recipients, this.mail.server));
    } finally {
      this.guards.budget?.giveBack(state.organizationId, counted - asked);
    }
  }

  /** Who gets no mail, and why. A database that is away costs no attempt. */
  private async leftOut({ state, signal }: AttemptRequest, recipients: string[]): Promise<LeftOut> {
    const { unsubscribes, confirmations } = this.guards;
    const [off, missing] = await keepTrying(
      () => Promise.all([unsubscribes?.among(state.id, recipients), confirmations?.missing(state, recipients)]),
      { signal: () => !signal.aborted },
    );
    const out = new Map<string, 'unsubscribed' | 'unconfirmed'>();
    for (const recipient of missing ?? []) out.set(recipient, 'unconfirmed');
    for (const recipient of off ?? []) out.set(recipient, 'unsubscribed');
    return out;
  }

  /** Those who have not had the mail by an earlier attempt. */
  private left(deliveryId: string, recipients: string[]): string[] {
    const had = this.taken.of(deliveryId);
    return recipients.filter((recipient) => !had.has(recipient));
  }

  /** Within the time of one attempt; who is left after it is tried again. */
  private mailAll(request: AttemptRequest, to: string[], mail: MailClient): Promise<MailedAll> {
    const message = emailMessage(releaseMessage(request.event, request.test));
    const { deliveryId, state, signal } = request;
    const over = performance.now() + mail.timeoutMs;
    return mailEach(to, async (recipient) => {
      const unsubscribe = await this.guards.unsubscribes?.linkFor(state.id, recipient);
      const content = await composeMail({ from: mail.from, recipient, deliveryId, unsubscribe, ...message });
      const envelope = { from: mail.from.address, to: [recipient] };
      const mailed = await send(() => mail.send({ envelope, content }, signal, over - performance.now()), signal);
      if (mailed.kind === 'taken') this.taken.add(deliveryId, [recipient]);
      return mailed;
    });
  }

  /** While somebody may still get it, it is tried again for them alone; after that it is delivered if anybody has it. */
  private outcomeOf(deliveryId: string, mailed: MailedAll, out: LeftOut, hide: Hide): AttemptOutcome {
    const { refused, broken } = mailed;
    if (broken) return conversationFailed(broken, hide);
    const nobodyHasIt = this.taken.of(deliveryId).size === 0;
    if (refused.length > 0 && (nobodyHasIt || refused.some(isForNow))) return notTaken(refused, hide, isWaitedFor(out));
    this.taken.forget(deliveryId);
    return deliveredTo(mailed, out, hide);
  }
}

/** @throws the reason of `signal` when the service stops, and our own faults */
async function send(one: () => ReturnType<MailClient['send']>, signal: AbortSignal): Promise<Mailed> {
  try {
    const { refused, answer } = await one();
    const [no] = refused;
    if (!no) return { kind: 'taken', answer };
    const { status, answer: why } = no;
    const refusal = refusalOf('recipient', status, why);
    return { kind: 'failed', failure: { ...refusal, stage: 'recipient', status: status || null, answer: why } };
  } catch (error) {
    signal.throwIfAborted();
    const failure = failureOf(error);
    if (!failure) throw error;
    return { kind: 'failed', failure };
  }
}
