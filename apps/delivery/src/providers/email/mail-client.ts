import { UnderWay } from '../../outbound/under-way.js';
import { TransportFault } from '../../outbound/transport-fault.js';
import { greetingOf, type MailSender, type MailServer, type MailTls } from './mail-settings.js';
import { SmtpPool } from './smtp-pool.js';
import type { Mail, SentMail } from './smtp-session.js';

export interface MailOptions {
  server: MailServer;
  from: MailSender;
  /** Longest that sending one mail may take, from the wait for a connection to the last answer. */
  timeoutMs: number;
}

export interface MailSettings {
  mailServer?: MailServer;
  mailSender?: MailSender;
  mailTls?: MailTls;
  mailGreeting?: string;
  deliveryTimeoutMs: number;
}

/** Undefined where no mail server is set up. */
export function mailClient(settings: MailSettings): MailClient | undefined {
  const { mailServer, mailSender: from, mailTls, mailGreeting, deliveryTimeoutMs: timeoutMs } = settings;
  if (!mailServer || !from) return undefined;
  const requireTls = mailServer.requireTls || (mailTls === 'require' && !mailServer.secure);
  const server = { ...mailServer, requireTls, greetAs: mailGreeting ?? greetingOf(from) };
  return new MailClient({ server, from, timeoutMs });
}

/** Sends mails through the operator's mail server, each bounded in time. */
export class MailClient {
  readonly server: MailServer;
  readonly from: MailSender;
  readonly timeoutMs: number;
  private readonly pool: SmtpPool;
  private readonly underWay = new UnderWay();
  private readonly stops = new WeakSet<AbortSignal>();

  constructor(private readonly options: MailOptions) {
    this.server = options.server;
    this.from = options.from;
    this.timeoutMs = options.timeoutMs;
    this.pool = new SmtpPool(options.server, options.timeoutMs);
  }

  /**
   * Sends once, within the time of one mail or a shorter one, in ms. Refused recipients are a result where the conversation itself went well.
   * @throws the reason of `stop`; TransportFault where the time is over; what broke the conversation or refused the mail
   */
  async send(mail: Mail, stop: AbortSignal, withinMs = this.options.timeoutMs): Promise<SentMail> {
    stop.throwIfAborted();
    this.closeAt(stop);
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(new TransportFault('timeout')), Math.max(0, withinMs));
    const ended = this.underWay.add({ abandon: (reason) => over.abort(reason) }, stop);
    try {
      return await this.pool.send(mail, over.signal);
    } finally {
      clearTimeout(timer);
      ended();
    }
  }

  /** Closes the connections that nobody uses. */
  close(): void {
    this.pool.close();
  }

  private closeAt(stop: AbortSignal): void {
    if (this.stops.has(stop)) return;
    this.stops.add(stop);
    stop.addEventListener('abort', () => this.close(), { once: true });
  }
}
