import type { Socket } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { TransportFault } from '../../outbound/transport-fault.js';
import { BoundedAnswers } from './bounded-answers.js';
import { connectTo } from './connect-to-mail-server.js';
import { isOpportunistic, type MailServer } from './mail-settings.js';
import type { SmtpError } from './smtp-answers.js';

/** Of one mail: the answers to all of its commands. */
const MOST_ANSWER_BYTES = 64 * 1024;
const LONGEST_LEAVE_MS = 1_000;

export interface Mail {
  /** What the mail server is told; none of it is seen by readers. */
  envelope: { from: string; to: string[] };
  /** Headers and body, ready to be sent. */
  content: Buffer;
}

export interface SentMail {
  taken: string[];
  /** Recipients that were not taken, each with the answer that it got. */
  refused: { recipient: string; status: number; answer: string }[];
  /** The mail server's last word; empty where nobody was taken. */
  answer: string;
}

type TlsOptions = Pick<SMTPConnection.Options, 'tls' | 'ignoreTLS'>;

/** Not in nodemailer's types; tests break the change over to TLS in many ways and so hold them to it. */
interface Upgrade {
  /** The handshake is being made. */
  upgrading?: boolean;
}

type Done<T> = (error?: Error | null, result?: T) => void;

/** One connection to the mail server. After a step that failed it is to be closed. */
export class SmtpSession {
  private connection: SMTPConnection | undefined;
  private answers: BoundedAnswers;
  private broken: ((error: Error) => void) | undefined;

  constructor(
    private readonly server: MailServer,
    private readonly timeoutMs: number,
  ) {}

  get isOpen(): boolean {
    return this.connection !== undefined && !this.connection.destroyed;
  }

  /**
   * Connects, changes over to TLS and signs in, as far as the settings and the server want it. Where TLS fails that is
   * only better than none, it begins once more without.
   */
  async open(over: AbortSignal): Promise<void> {
    if (!isOpportunistic(this.server)) return this.begin(over);
    const limit = setTimeout(() => this.giveUpOnTls(), this.timeoutMs / 2);
    try {
      await this.begin(over, { tls: { rejectUnauthorized: false } });
    } catch (error) {
      over.throwIfAborted();
      if (!this.tlsFailed(error as SmtpError)) throw error;
      this.close();
      await this.begin(over, { ignoreTLS: true });
    } finally {
      clearTimeout(limit);
    }
  }

  /** The rest of the time is for an attempt without. */
  private giveUpOnTls(): void {
    if (this.state?.upgrading) this.broken?.(new TransportFault('timeout'));
  }

  private tlsFailed({ code, command }: SmtpError): boolean {
    return code === 'ETLS' || command === 'STARTTLS' || this.state?.upgrading === true;
  }

  private get state(): Upgrade | undefined {
    return this.connection as (SMTPConnection & Upgrade) | undefined;
  }

  private async begin(over: AbortSignal, options: TlsOptions = {}): Promise<void> {
    const socket = await connectTo(this.server, over);
    const connection = this.conversationOver(socket, options);
    this.connection = connection;
    await this.run<void>(over, (done) => connection.connect(done));
    const { auth } = this.server;
    // A copy: nodemailer writes into it.
    if (auth && connection.allowsAuth) await this.run(over, (done) => connection.login({ ...auth }, done));
  }

  private conversationOver(socket: Socket, options: TlsOptions): SMTPConnection {
    const { host, port, secure, requireTls, greetAs } = this.server;
    const connection = new SMTPConnection({
      host,
      port,
      name: greetAs,
      secure,
      connection: socket,
      requireTLS: requireTls,
      connectionTimeout: this.timeoutMs,
      greetingTimeout: this.timeoutMs,
      dnsTimeout: this.timeoutMs,
      socketTimeout: this.timeoutMs,
      socketCloseTimeout: 0,
      maxResponseSize: MOST_ANSWER_BYTES,
      ...options,
    });
    this.answers = new BoundedAnswers(connection, MOST_ANSWER_BYTES);
    connection.on('error', (error: Error) => this.broken?.(error));
    connection.on('end', () => this.broken?.(new TransportFault('connection_reset')));
    return connection;
  }

  /** Whether the connection is still good for another mail. */
  async isAlive(over: AbortSignal): Promise<boolean> {
    if (!this.isOpen) return false;
    this.answers.forget();
    try {
      await this.run(over, (done) => this.connection!.reset(done));
      return true;
    } catch {
      // Whatever it was, a new connection will tell.
      this.close();
      over.throwIfAborted();
      return false;
    }
  }

  async send({ envelope, content }: Mail, over: AbortSignal): Promise<SentMail> {
    try {
      const message = { ...envelope, size: content.length };
      const { accepted, rejectedErrors, response } = await this.run<Accepted>(over, (done) =>
        this.connection!.send(message, content, done),
      );
      return { taken: accepted, refused: refusedBy(rejectedErrors), answer: response };
    } catch (error) {
      const refused = refusedBy((error as SmtpError).rejectedErrors);
      if (refused.length < envelope.to.length) throw error;
      return { taken: [], refused, answer: '' };
    }
  }

  /** Takes leave of the mail server, and closes in any case. */
  leave(): void {
    const { connection } = this;
    if (!connection || !this.isOpen) return;
    const timer = setTimeout(() => this.close(), LONGEST_LEAVE_MS);
    connection.once('end', () => clearTimeout(timer));
    connection.quit();
  }

  close(): void {
    this.connection?.close();
  }

  /** One step of the conversation. @throws the reason of `over`, and what broke the connection or was refused */
  private async run<T>(over: AbortSignal, start: (done: Done<T>) => void): Promise<T> {
    over.throwIfAborted();
    let onOver: () => void = () => {};
    try {
      return await new Promise<T>((resolve, reject) => {
        onOver = () => reject(over.reason as Error);
        over.addEventListener('abort', onOver, { once: true });
        this.broken = reject;
        start((error, result) => (error ? reject(error) : resolve(result as T)));
      });
    } finally {
      this.broken = undefined;
      over.removeEventListener('abort', onOver);
    }
  }
}

interface Accepted {
  accepted: string[];
  rejectedErrors?: SmtpError[];
  response: string;
}

function refusedBy(errors: SmtpError[] = []): SentMail['refused'] {
  return errors.map(({ recipient = '', responseCode = 0, response = '' }) => ({
    recipient,
    status: responseCode,
    answer: response,
  }));
}
