import type { MailServer } from './mail-settings.js';
import { SmtpSession, type Mail, type SentMail } from './smtp-session.js';

/** Mail servers allow one client some ten. */
const MOST_SESSIONS = 8;
/** Shorter than any mail server waits for the next command. */
const IDLE_MS = 10_000;
const MOST_MAILS = 100;

interface Pooled {
  session: SmtpSession;
  mails: number;
  idle?: NodeJS.Timeout;
}

/** A few connections to the mail server, kept open for a while between mails. */
export class SmtpPool {
  private readonly free: Pooled[] = [];
  private readonly waiting: (() => void)[] = [];
  private inUse = 0;

  constructor(
    private readonly server: MailServer,
    private readonly timeoutMs: number,
  ) {}

  /** Sends one mail. @throws the reason of `over`, also while it waits for a connection; what broke the connection or was refused */
  async send(mail: Mail, over: AbortSignal): Promise<SentMail> {
    await this.turn(over);
    try {
      return await this.sendOn(await this.connected(over), mail, over);
    } finally {
      this.inUse -= 1;
      this.waiting.shift()?.();
    }
  }

  /** Closes the connections that nobody uses. */
  close(): void {
    for (const pooled of this.free.splice(0)) leave(pooled);
  }

  private async sendOn(pooled: Pooled, mail: Mail, over: AbortSignal): Promise<SentMail> {
    pooled.mails += 1;
    try {
      const sent = await pooled.session.send(mail, over);
      this.giveBack(pooled);
      return sent;
    } catch (error) {
      pooled.session.close(); // the conversation may be anywhere
      throw error;
    }
  }

  private async turn(over: AbortSignal): Promise<void> {
    if (this.inUse < MOST_SESSIONS) this.inUse += 1;
    else await this.place(over);
  }

  private place(over: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        over.removeEventListener('abort', giveUp);
        this.inUse += 1;
        resolve();
      };
      const giveUp = (): void => {
        this.waiting.splice(this.waiting.indexOf(begin), 1);
        reject(over.reason as Error);
      };
      over.addEventListener('abort', giveUp, { once: true });
      this.waiting.push(begin);
    });
  }

  private async connected(over: AbortSignal): Promise<Pooled> {
    for (let known = this.free.pop(); known; known = this.free.pop()) {
      clearTimeout(known.idle);
      if (await known.session.isAlive(over)) return known;
    }
    const session = new SmtpSession(this.server, this.timeoutMs);
    try {
      await session.open(over);
    } catch (error) {
      session.close();
      throw error;
    }
    return { session, mails: 0 };
  }

  private giveBack(pooled: Pooled): void {
    if (pooled.mails >= MOST_MAILS) return leave(pooled);
    this.free.push(pooled);
    pooled.idle = setTimeout(() => {
      this.free.splice(this.free.indexOf(pooled), 1);
      leave(pooled);
    }, IDLE_MS);
  }
}

function leave({ session, idle }: Pooled): void {
  clearTimeout(idle);
  session.leave();
}
